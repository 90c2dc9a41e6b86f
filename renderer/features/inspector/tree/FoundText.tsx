import type { FoundSpan } from '../../../decode/find/finder'
import { VisibleText } from '../../../ui/VisibleText'
import findStyles from '../find/find.module.css'

interface FoundTextProps {
  readonly text: string
  readonly spans: readonly FoundSpan[]
  /** Where the text begins in what the spans count in. */
  readonly from: number
  /** The hit that is shown. */
  readonly current: number
  readonly limit: number
}

/** The start of a text, with what was looked for in it marked. */
export function FoundText({ text, spans, from, current, limit }: FoundTextProps) {
  const here = spans
    .map((span) => ({ hit: span.hit, from: span.from - from, to: Math.min(span.to - from, limit, text.length) }))
    .filter((span) => span.from < span.to && span.to > 0)
    .map((span) => ({ ...span, from: Math.max(0, span.from) }))
  if (here.length === 0) return <VisibleText text={text} limit={limit} mostPieces={8} />
  const end = here.at(-1)?.to ?? 0
  return (
    <>
      {here.map((span, index) => (
        <span key={span.hit}>
          <VisibleText text={text.slice(here[index - 1]?.to ?? 0, span.from)} limit={limit} />
          <mark className={findStyles.mark} data-current={span.hit === current}>
            <VisibleText text={text.slice(span.from, span.to)} limit={limit} />
          </mark>
        </span>
      ))}
      <VisibleText text={text.slice(end, Math.max(end, limit))} limit={limit} isStart={text.length > limit} />
    </>
  )
}
