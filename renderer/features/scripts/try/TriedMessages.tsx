import { useTranslations } from 'use-intl'
import type { MadeMessage } from '#shared/model/publish'
import type { ScriptTried } from '#shared/model/script'
import { formatCount } from '../../../ui/format'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import styles from '../scripts.module.css'

/** So many are drawn. */
const mostShown = 100
/** Bytes of a payload that are shown. */
const shownBytes = 400

/** What a script made when it was tried: each message with its exact bytes, and the lines it wrote. */
export function TriedMessages({ tried: { outputs, lines, error, milliseconds } }: { readonly tried: ScriptTried }) {
  const t = useTranslations('scripts')
  return (
    <>
      {error && outputs.length === 0 ? null : (
        <p className={styles.hint} data-made={outputs.length}>
          {t('made', {
            count: outputs.length,
            number: formatCount(outputs.length),
            milliseconds: milliseconds.toFixed(1),
          })}
        </p>
      )}
      <ol aria-label={t('outputs')} className={styles.outputs}>
        {outputs.slice(0, mostShown).map((output, index) => (
          <Output key={index} output={output} />
        ))}
      </ol>
      {lines.length > 0 ? <Lines lines={lines} /> : null}
    </>
  )
}

function Output({ output }: { readonly output: MadeMessage }) {
  const t = useTranslations('scripts')
  const { topic, payload, qos, retain, properties } = output
  const names = Object.keys(properties)
  const bytes = payload.subarray(0, shownBytes)
  return (
    <li className={styles.output}>
      <span className={styles.outputTopic}>
        <VisibleName text={topic} />
      </span>
      <span className={styles.facts}>
        {t('facts', { qos, bytes: payload.length, number: formatCount(payload.length) })}
        {retain ? ` · ${t('retain')}` : ''}
        {names.length > 0 ? ` · ${names.join(', ')}` : ''}
      </span>
      <span className={styles.outputText}>
        <VisibleText text={new TextDecoder().decode(bytes)} />
        {payload.length > shownBytes ? '…' : ''}
      </span>
      <code className={styles.outputHex}>
        {hexOf(bytes.subarray(0, 64))}
        {payload.length > 64 ? ' …' : ''}
      </code>
    </li>
  )
}

/** What `console.log` wrote. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  const t = useTranslations('scripts')
  return (
    <div role="log" aria-label={t('lines')} className={styles.lines}>
      {lines.map((line, index) => (
        <div key={index}>
          <VisibleText text={line} />
        </div>
      ))}
    </div>
  )
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
