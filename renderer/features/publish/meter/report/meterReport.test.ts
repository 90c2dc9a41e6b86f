import { describe, expect, it } from 'vitest'
import { hostileTexts } from '#shared/text/textTesting'
import { meterOf } from '../meterTesting'
import { htmlReport, type HtmlReport } from './htmlReport'
import { csvReport, jsonReport, type reportOf } from './meterReport'

const place = { sender: 'Plant', receiver: 'Plant', version: '1.2.3' }

const pageOf = (text: string): HtmlReport => ({
  language: 'en',
  title: text,
  facts: [[text, text]],
  numbers: [[text, text]],
  remarks: [text],
  tables: [{ caption: text, head: [text], rows: [[text, text]] }],
  histograms: [{ caption: text, bins: [{ from: 1, to: 2, count: 3, label: text }] }],
})

describe('the report of a meter', () => {
  it('is JSON with all that was counted', () => {
    const meter = meterOf()
    const report = JSON.parse(jsonReport(meter, place)) as ReturnType<typeof reportOf>
    expect(report).toMatchObject({ counts: meter.counts, state: 'complete', run: '7f3a9c21', sender: 'Plant' })
    expect(report.latencyMs.byQos.map(({ qos, p99 }) => [qos, p99])).toEqual([
      [0, 4.5],
      [1, 4.5],
    ])
  })

  it('is CSV with a line for each value, whatever stands in a text', () => {
    const filter = 'a,"b"\r\n=c'
    const csv = csvReport(meterOf({ filter }), place)
    expect(csv.startsWith('name,value\r\n')).toBe(true)
    expect(csv).toContain('counts.lost,3\r\n')
    expect(csv).toContain('latencyMs.byQos.1.p95,4\r\n')
    expect(csv).toContain('filter,"a,""b""\r\n=c"\r\n')
  })

  it.each(Object.entries(hostileTexts))('is a page in which a text stays a text: %s', (_name, text) => {
    const hostile = `${text}<script>alert(1)</script>"'><img src=x onerror=alert(1)>`
    const page = htmlReport(pageOf(hostile))
    expect(page).not.toMatch(/<(script|img|iframe|a|link)\b/i)
    const known =
      /<(\/?)(html|head|meta|title|style|body|h1|dl|div|dt|dd|ul|li|table|caption|thead|tbody|tr|th|td|figure|figcaption|svg|rect|p|span|!doctype)\b/gi
    expect(page.match(/<[!/a-z]/gi)?.length).toBe(page.match(known)?.length)
    expect(page).not.toMatch(/(href|src)=(?!x)/i)
  })
})
