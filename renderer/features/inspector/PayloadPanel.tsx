import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { wholePayloadBytes } from '#shared/model/frame'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { MessageView } from '../../model/messageLog/messageLogChunk'
import { selectPayload, selectWhole } from '../../store/payloadSlice'
import { useApp } from '../../store/useApp'
import { FixedLines } from './FixedLines'
import styles from './inspector.module.css'
import { suggestedName } from './payloadFile'
import { PayloadLine } from './PayloadLine'
import { PayloadVerbs } from './PayloadVerbs'
import { shownLength } from './textLines'
import { payloadViews, viewByRule, viewOfHead, type PayloadView } from './payloadView'
import { useLineScope } from './useLineScope'
import { usePayloadContent, type ShownContent } from './usePayloadContent'
import { usePayloadMenu } from './usePayloadMenu'
import { usePayloadVerbs } from './usePayloadVerbs'
import { ContextMenu } from '../../ui/menus'
import { ViewSwitch } from '../../ui/ViewSwitch'
import { VirtualLines } from './VirtualLines'
import { WholePayloadNote } from './WholePayloadNote'

type Choice = 'auto' | PayloadView

function PayloadNotes({ content }: { readonly content: ShownContent }) {
  const t = useTranslations('inspector')
  const { jsonNote, validUtf8 } = content
  const notes = [
    validUtf8 ? null : t('notUtf8'),
    content.besideJson.before ? t('beforeJson') : null,
    content.besideJson.behind ? t('behindJson') : null,
    jsonNote === 'tooLarge' ? t('jsonTooLarge') : null,
    jsonNote === 'cut' ? t('whole.jsonNeedsAll') : null,
    typeof jsonNote === 'object' && jsonNote !== null
      ? t('notJson', { line: jsonNote.line, column: jsonNote.column, detail: t(`jsonProblems.${jsonNote.detail}`) })
      : null,
    (content.view === 'text' || content.view === 'json') && content.lines.count > 1 && content.lines.at(0).continues
      ? t('longLines', { length: content.cutAfter })
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

export interface PayloadPanelProps {
  readonly connectionId: string
  readonly message: MessageView
}

/** The whole payload, in the view that fits it or the one a person chose for its topic; its head while the rest comes. */
export function PayloadPanel({ connectionId, message }: PayloadPanelProps) {
  const t = useTranslations('inspector')
  const { payload: head, payloadBytes, topic, properties } = message
  const chosen = useApp(selectChosen(topic))
  const choosePayloadView = useApp((state) => state.choosePayloadView)
  const open = useApp(selectWhole(connectionId, message.sequence))
  const whole = useApp(selectPayload(connectionId, message))
  const byRule = useMemo(
    () =>
      payloadBytes > wholePayloadBytes
        ? viewOfHead(head, payloadBytes)
        : viewByRule(head, decodePublishProperties(properties)?.contentType),
    [head, payloadBytes, properties],
  )
  const view = chosen ?? byRule
  const content = usePayloadContent({ bytes: whole ?? head, isCut: whole === null, payloadBytes }, view)
  const coloured = view === 'json' && content.jsonNote === null
  const Shown = content.fixed ? FixedLines : VirtualLines
  const verbs = usePayloadVerbs({
    connectionId,
    message,
    copyText: content.copyText,
    suggestedName: suggestedName(topic, byRule),
  })
  const lines = useLineScope(verbs.copy.run)
  const menu = usePayloadMenu({ lines, ...verbs })

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
        <PayloadVerbs {...verbs} />
      </div>
      {open ? <WholePayloadNote whole={open} /> : null}
      <PayloadNotes content={content} />
      {payloadBytes === 0 ? (
        <p className={styles.quiet}>{t('emptyPayload')}</p>
      ) : (
        <ContextMenu items={menu} className={styles.linesMenu ?? ''}>
          <Shown
            key={`${message.sequence} ${view}`}
            label={t('payloadText')}
            count={content.lines.count}
            attach={lines.attach}
            lengthOf={(index) => shownLength(content.lines.at(index).text)}
            renderLine={(index) => <PayloadLine line={content.lines.at(index)} coloured={coloured} />}
          />
        </ContextMenu>
      )}
    </>
  )
}
