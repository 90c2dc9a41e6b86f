import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { decodePublishProperties } from '#shared/mqtt/publishProperties'
import type { PayloadContent } from '../../../decode/payloadView'
import { payloadViewOf, payloadViews, viewFor, type PayloadViewId } from '../../../decode/payloadViews'
import { shownLength } from '../../../decode/textLines'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { largePayloadState, selectPayload, selectWhole } from '../../../state/largePayload'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { ContextMenu } from '../../../ui/menus'
import { ViewSwitch } from '../../../ui/ViewSwitch'
import styles from '../inspector.module.css'
import { inspectorState, selectChosenView } from '../inspectorState'
import { FixedLines } from '../lines/FixedLines'
import { useLineScope } from '../lines/useLineScope'
import { VirtualLines } from '../lines/VirtualLines'
import { suggestedName } from './payloadFile'
import { PayloadLine } from './PayloadLine'
import { PayloadVerbs } from './PayloadVerbs'
import { usePayloadContent } from './usePayloadContent'
import { usePayloadMenu } from './usePayloadMenu'
import { usePayloadVerbs } from './usePayloadVerbs'
import { WholePayloadNote } from './WholePayloadNote'

type Choice = 'auto' | PayloadViewId

export interface PayloadPanelProps {
  readonly message: MessageView
}

/** The whole payload, in the view that fits it or the one a person chose for its topic; its head while the rest comes. */
export function PayloadPanel({ message }: PayloadPanelProps) {
  const t = useTranslations('inspector')
  const { payload: head, payloadBytes, topic, properties } = message
  const chosen = useApp(inspectorState, selectChosenView(topic))
  const chooseView = useApp(inspectorState, (state) => state.chooseView)
  const open = useConnection(largePayloadState, selectWhole(message.sequence))
  const whole = useConnection(largePayloadState, selectPayload(message))
  const fitting = useMemo(
    () => viewFor({ bytes: head, payloadBytes, contentType: decodePublishProperties(properties)?.contentType }),
    [head, payloadBytes, properties],
  )
  const view = chosen === null ? fitting : payloadViewOf(chosen)
  const content = usePayloadContent({ bytes: whole ?? head, isCut: whole === null, payloadBytes }, view)
  const Shown = content.fixed ? FixedLines : VirtualLines
  const { copyText } = content
  const verbs = usePayloadVerbs({ message, copyText, suggestedName: suggestedName(topic, fitting) })
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
              label: chosen === null ? t('autoView', { view: t(`views.${fitting.id}`) }) : t('auto'),
              title: t('autoHint'),
            },
            ...payloadViews.map(({ id }) => ({ value: id, label: t(`views.${id}`) })),
          ]}
          onChange={(choice) => chooseView(topic, choice === 'auto' ? null : choice)}
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
            key={`${message.sequence} ${view.id}`}
            label={t('payloadText')}
            count={content.lines.count}
            attach={lines.attach}
            lengthOf={(index) => shownLength(content.lines.at(index).text)}
            renderLine={(index) => <PayloadLine line={content.lines.at(index)} tokensOf={content.tokensOf} />}
          />
        </ContextMenu>
      )}
    </>
  )
}

function PayloadNotes({ content }: { readonly content: PayloadContent }) {
  const t = useTranslations('inspector')
  const { lines, cutAfter } = content
  const notes = [
    ...content.notes.map(({ key, values, detail }) => t(key, { ...values, detail: detail ? t(detail) : '' })),
    ...(lines.count > 1 && lines.at(0).continues ? [t('longLines', { length: cutAfter })] : []),
  ]
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
