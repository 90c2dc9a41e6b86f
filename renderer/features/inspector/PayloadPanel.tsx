import { Copy, Save } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MessageView } from '../../model/messageLogChunk'
import { useApp } from '../../store/useApp'
import { IconButton } from '../../ui/IconButton'
import styles from './inspector.module.css'
import { contentOf, type PayloadContent } from './payloadContent'
import { suggestedName } from './payloadFile'
import { PayloadLine } from './PayloadLine'
import { payloadViews, viewByRule, type PayloadView } from './payloadView'
import { longestLine } from './textLines'
import { ViewSwitch } from './ViewSwitch'
import { VirtualLines } from './VirtualLines'

type Choice = 'auto' | PayloadView

function PayloadNotes({ content }: { readonly content: PayloadContent }) {
  const t = useTranslations('inspector')
  const { jsonNote, validUtf8 } = content
  const notes = [
    validUtf8 ? null : t('notUtf8'),
    jsonNote === 'tooLarge' ? t('jsonTooLarge') : null,
    jsonNote !== null && jsonNote !== 'tooLarge'
      ? t('notJson', { line: jsonNote.line, column: jsonNote.column, detail: t(`jsonProblems.${jsonNote.detail}`) })
      : null,
    (content.view === 'text' || content.view === 'json') && content.lines.count > 1 && content.lines.at(0).continues
      ? t('longLines', { length: longestLine })
      : null,
  ].filter((note) => note !== null)
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

const selectChosen = (topic: string) => (state: { readonly payloadViews: ReadonlyMap<string, PayloadView> }) =>
  state.payloadViews.get(topic) ?? null

/** The whole payload, in the view that fits it or the one a person chose for its topic. */
export function PayloadPanel({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  const { payload, topic } = message
  const chosen = useApp(selectChosen(topic))
  const choosePayloadView = useApp((state) => state.choosePayloadView)
  const copyText = useApp((state) => state.copyText)
  const saveBytes = useApp((state) => state.saveBytes)
  const byRule = useMemo(
    () => viewByRule(payload, decodePublishProperties(message.properties)?.contentType),
    [payload, message.properties],
  )
  const view = chosen ?? byRule
  const content = useMemo(() => contentOf(payload, view), [payload, view])
  const coloured = view === 'json' && content.jsonNote === null

  return (
    <>
      <div className={styles.panelBar}>
        <ViewSwitch<Choice>
          label={t('viewAs')}
          value={chosen ?? 'auto'}
          options={[
            {
              value: 'auto',
              label: chosen === null ? t('autoView', { view: t(`views.${byRule}`) }) : t('auto'),
              title: t('autoHint'),
            },
            ...payloadViews.map((value) => ({ value, label: t(`views.${value}`) })),
          ]}
          onChange={(choice) => choosePayloadView(topic, choice === 'auto' ? null : choice)}
        />
        <span className={styles.panelVerbs}>
          <IconButton
            label={t('copyPayload')}
            icon={<Copy size={14} />}
            onClick={() => void copyText(content.copyText())}
          />
          <IconButton
            label={t('savePayload')}
            icon={<Save size={14} />}
            onClick={() => void saveBytes(suggestedName(topic, byRule), payload)}
          />
        </span>
      </div>
      <PayloadNotes content={content} />
      {payload.length === 0 ? (
        <p className={styles.quiet}>{t('emptyPayload')}</p>
      ) : (
        <VirtualLines
          key={`${message.sequence} ${view}`}
          label={t('payloadText')}
          count={content.lines.count}
          wrap={view === 'text' || view === 'json'}
          renderLine={(index) => <PayloadLine line={content.lines.at(index)} coloured={coloured} />}
        />
      )}
    </>
  )
}
