import type { LatencyBin } from '#shared/model/meter'

/** A page of its own, in the words of the person. Everything in it is a text and is written so that it stays one. */
export interface HtmlReport {
  readonly language: string
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly numbers: readonly (readonly [name: string, value: string])[]
  readonly remarks: readonly string[]
  readonly tables: readonly HtmlTable[]
  readonly histograms: readonly HtmlHistogram[]
}

export interface HtmlTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface HtmlHistogram {
  readonly caption: string
  readonly bins: readonly (LatencyBin & { readonly label: string })[]
}

/** Needs nothing from anywhere else, and asks for nothing: scripts, pictures and styles from outside are forbidden in it. */
export const htmlReport = ({ language, title, facts, numbers, remarks, tables, histograms }: HtmlReport): string =>
  `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<dl class="numbers">${numbers.map(pairOf).join('')}</dl>
${remarks.length === 0 ? '' : `<ul>${remarks.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`}
${tables.map(tableOf).join('\n')}
${histograms.map(histogramOf).join('\n')}
<dl class="facts">${facts.map(pairOf).join('')}</dl>
</body>
</html>
`

const pairOf = ([name, value]: readonly [string, string]): string =>
  `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`

const tableOf = ({ caption, head, rows }: HtmlTable): string => {
  const heads = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')
  const body = rows.map(([first = '', ...others]) => {
    const cells = others.map((text) => `<td>${escaped(text)}</td>`).join('')
    return `<tr><th scope="row">${escaped(first)}</th>${cells}</tr>`
  })
  return `<table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

const barWidth = 14
const barHeight = 120

const histogramOf = ({ caption, bins }: HtmlHistogram): string => {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const bars = bins.map(({ count, label }, index) => {
    const height = (count / most) * barHeight
    const place = `x="${index * barWidth}" y="${(barHeight - height).toFixed(1)}"`
    const size = `width="${barWidth - 1}" height="${height.toFixed(1)}"`
    return `<rect ${place} ${size}><title>${escaped(`${label}: ${count}`)}</title></rect>`
  })
  const width = Math.max(1, bins.length * barWidth)
  const ends = [bins[0]?.label ?? '', bins.at(-1)?.label ?? ''].map(escaped)
  return `<figure><figcaption>${escaped(caption)}</figcaption><svg role="img" aria-label="${escaped(caption)}" viewBox="0 0 ${width} ${barHeight}" width="${width}" height="${barHeight}">${bars.join('')}</svg><p class="ends"><span>${ends[0]}</span><span>${ends[1]}</span></p></figure>`
}

const style = `:root{color-scheme:light dark}body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:14px/1.5 system-ui,sans-serif}
h1{font-size:20px}dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:1rem 0}dt{opacity:.75;font-size:12px}dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.numbers dd{font-size:20px}table{margin:1.5rem 0;border-collapse:collapse}caption,figcaption{padding:.25rem 0;font-weight:600;text-align:left}
th,td{padding:.25rem .75rem;border-bottom:1px solid #8888;text-align:right;font-variant-numeric:tabular-nums}th:first-child{text-align:left}
figure{display:inline-block;max-width:100%;margin:1rem 0}svg{max-width:100%;border-bottom:1px solid #888}rect{fill:#3f7fe0}.ends{display:flex;justify-content:space-between;margin:0;font-size:12px}`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
