import { Copy } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { formatHex } from '#shared/mqtt/payloadText'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import { topicNameProblem } from '#shared/mqtt/topicFilter'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { shownCharacters, visibleName } from '#shared/text/visibleText'
import { useCopyText } from '../../../state/clipboard'
import { Button } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import { Fact } from '../Fact'
import styles from '../inspector.module.css'
import { propertyTerm, userPropertyTerm } from '../terms/messageTerms'
import { TermMenu } from '../terms/TermMenu'

/** Values of up to 65,535 bytes are legal; the rest of a long one is counted, and copying gives all of it. */
const longestShown = 600
const longestInTable = 300
/** A property that may repeat does so as often as a message has room for. */
const mostIdentifiers = 20
const pairsAtATime = 10
const inTable = { limit: longestInTable, mostPieces: 3 }

/** MQTT 5 §3.3.2.3, by name; nothing where there are none. */
export function MessageProperties({ bytes }: { readonly bytes: Uint8Array }) {
  const t = useTranslations('inspector.properties')
  const set = useMemo(() => (bytes.length === 0 ? {} : decodePublishProperties(bytes)), [bytes])
  if (set === null)
    return (
      <Fact name={t('malformed')} wide>
        <Value name={t('malformed')} text={formatHex(bytes)} />
      </Fact>
    )
  return (
    <>
      {set.payloadFormatIndicator === undefined ? null : (
        <Fact name={t('payloadFormatIndicator')} wide term={propertyTerm(set, 'payload-format-indicator')}>
          {set.payloadFormatIndicator} · {t(set.payloadFormatIndicator === 1 ? 'formatUtf8' : 'formatBytes')}
        </Fact>
      )}
      {set.contentType === undefined ? null : (
        <Fact name={t('contentType')} wide term={propertyTerm(set, 'content-type')}>
          <Value name={t('contentType')} text={set.contentType} />
        </Fact>
      )}
      {set.responseTopic === undefined ? null : (
        <Fact name={t('responseTopic')} wide term={propertyTerm(set, 'response-topic')}>
          <TopicValue name={t('responseTopic')} topic={set.responseTopic} />
          <ResponseTopicProblem topic={set.responseTopic} />
        </Fact>
      )}
      {set.correlationData === undefined ? null : (
        <Fact name={t('correlationData')} wide term={propertyTerm(set, 'correlation-data')}>
          <CorrelationData name={t('correlationData')} data={set.correlationData} />
        </Fact>
      )}
      {set.messageExpirySeconds === undefined ? null : (
        <Fact name={t('messageExpiry')} wide term={propertyTerm(set, 'message-expiry-interval')}>
          {t('seconds', { count: set.messageExpirySeconds })}
        </Fact>
      )}
      {set.subscriptionIdentifiers === undefined ? null : (
        <Fact name={t('subscriptionIdentifiers')} wide term={propertyTerm(set, 'subscription-identifier')}>
          <Identifiers numbers={set.subscriptionIdentifiers} />
        </Fact>
      )}
      {set.topicAlias === undefined ? null : (
        <Fact name={t('topicAlias')} wide term={propertyTerm(set, 'topic-alias')}>
          {set.topicAlias}
        </Fact>
      )}
      {set.userProperties === undefined ? null : (
        <Fact name={t('userProperties')} wide>
          <UserProperties pairs={set.userProperties} />
        </Fact>
      )}
    </>
  )
}

function CopyWhole({ name, text }: { readonly name: string; readonly text: string }) {
  const t = useTranslations('inspector.properties')
  const copyText = useCopyText()
  return <IconButton label={t('copyWhole', { name })} icon={<Copy size={14} />} onClick={() => void copyText(text)} />
}

interface ValueProps {
  /** Of the property, for the button that copies it. */
  readonly name: string
  readonly text: string
}

function Value({ name, text }: ValueProps) {
  return (
    <span className="mono">
      <VisibleText text={text} limit={longestShown} />
      {text.length > longestShown ? <CopyWhole name={name} text={text} /> : null}
    </span>
  )
}

function TopicValue({ name, topic }: { readonly name: string; readonly topic: string }) {
  return (
    <span className="mono">
      <VisibleName text={topic} />
      {topic.length > shownCharacters ? <CopyWhole name={name} text={topic} /> : null}
    </span>
  )
}

function CorrelationData({ name, data }: { readonly name: string; readonly data: Uint8Array }) {
  const hex = useMemo(() => formatHex(data), [data])
  return (
    <>
      <Value name={name} text={hex} />
      {data.length > 0 && isUtf8(data) ? (
        <span className={styles.faint}>
          {' '}
          <VisibleText text={decodeUtf8(data)} />
        </span>
      ) : null}
    </>
  )
}

function Identifiers({ numbers }: { readonly numbers: readonly number[] }) {
  const more = numbers.length - mostIdentifiers
  return (
    <>
      {numbers.slice(0, mostIdentifiers).join(', ')}
      {more > 0 ? ` … (+${more})` : null}
    </>
  )
}

function UserProperties({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  const t = useTranslations('inspector.properties')
  const [shown, setShown] = useState(pairsAtATime)
  const more = pairs.length - shown
  const isCut = more > 0 || pairs.some((pair) => pair.some((text) => text.length > longestInTable))
  return (
    <>
      <table className={styles.pairs}>
        <tbody>
          {pairs.slice(0, shown).map(([name, value], index) => (
            <tr key={index}>
              <th scope="row">
                <VisibleName text={name} {...inTable} />
              </th>
              <td>
                <TermMenu name={visibleName(name)} term={userPropertyTerm(name, value)}>
                  <VisibleText text={value} {...inTable} />
                </TermMenu>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? (
        <Button variant="quiet" onClick={() => setShown(shown + pairsAtATime)}>
          {t('morePairs', { count: Math.min(more, pairsAtATime), left: more })}
        </Button>
      ) : null}
      {isCut ? <CopyWhole name={t('userProperties')} text={JSON.stringify(pairs)} /> : null}
    </>
  )
}

/** §3.3.2.3.5 [MQTT-3.3.2-14]: nobody can answer there. */
function ResponseTopicProblem({ topic }: { readonly topic: string }) {
  const t = useTranslations('inspector.properties')
  const problem = topicNameProblem(topic)
  if (!problem) return null
  return <span className={styles.problem}> {t('responseTopicBroken', { problem: problem.code })}</span>
}
