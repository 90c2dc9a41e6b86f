import { FileInput, Plus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../../../ui/Button'
import { TextField } from '../../../../ui/fields'
import { MenuButton } from '../../../../ui/menus'
import { ViewSwitch } from '../../../../ui/ViewSwitch'
import type { PayloadEditorHandle } from '../../composer/PayloadEditor'
import { TemplatePreview } from '../../templates/TemplatePreview'
import {
  firstPause,
  givenData,
  numberIn,
  typedMessage,
  wholeIn,
  type PlanForm,
  type TypedMessage,
} from '../plan/planForm'
import { isFilledIn } from '../plan/readPlan'
import type { Sendable } from '../plan/sentMessages'
import { senderLimits, type SenderRows } from '#shared/model/sender'
import styles from '../senders.module.css'
import type { FormProps } from './formProps'
import { MessageFields } from './MessageFields'
import { RecordingFields } from './RecordingFields'
import { RowsFields } from './RowsFields'
import { ScriptFields } from './ScriptFields'
import { StepsFields } from './StepsFields'
import { useLastCaret } from './useLastCaret'
import { useMessageMenu } from './useMessageMenu'

/** What is sent: one message, a message for each row of data, one message after the other, or what a script makes. */
export function WhatSection(props: FormProps) {
  const { form, change, problems, tried } = props
  const t = useTranslations('senders')
  const editor = useRef<PayloadEditorHandle>(null)
  const caret = useLastCaret(editor)
  const { written, setWrittenId, put, add } = useWrittenMessage(props)
  const isList = form.kind === 'list'
  const rows = useMemo(() => (form.kind === 'rows' ? givenRows(form.rows) : undefined), [form.kind, form.rows])
  const filledIn = useMemo(() => ({ ...written.message, isTemplate: true }), [written.message])
  const isPreviewed =
    form.kind === 'rows' ? rows !== undefined : hasMessage(form.kind) && isFilledIn(form.kind, written)
  const menu = useMessageMenu((sendables) => (isList ? add(sendables) : put(firstOf(sendables, written))))
  return (
    <div className={styles.main}>
      <div className={styles.nameLine}>
        <TextField
          label={t('name')}
          value={form.name}
          placeholder={t('nameExample')}
          onChange={(name) => change({ name })}
        />
        <ViewSwitch
          label={t('kind')}
          value={form.kind}
          options={(['message', 'rows', 'list', 'recording', 'script'] as const).map((value) => ({
            value,
            label: t(`kinds.${value}`),
          }))}
          onChange={(kind) => change(withPace(form, kind))}
        />
        {hasMessage(form.kind) ? (
          <MenuButton label={t(isList ? 'addFrom' : 'takeFrom')} icon={<FileInput size={14} />} items={menu} />
        ) : null}
      </div>
      {form.kind === 'recording' ? <RecordingFields {...props} /> : null}
      {form.kind === 'script' ? <ScriptFields {...props} /> : null}
      {form.kind === 'rows' ? <RowsFields {...props} insert={caret.insert} onFocus={caret.forget} /> : null}
      {isList ? (
        <>
          <StepsFields {...props} writtenId={written.id} onWrite={setWrittenId} />
          <div>
            <Button variant="quiet" icon={<Plus size={14} aria-hidden />} onClick={() => add([null])}>
              {t('addStep')}
            </Button>
          </div>
        </>
      ) : null}
      {hasMessage(form.kind) ? (
        <MessageFields
          key={written.id}
          kind={form.kind}
          typed={written}
          problems={problems.messages[written.id]}
          tried={tried}
          editor={editor}
          onFocus={caret.noteFocus}
          onChange={put}
        />
      ) : null}
      {isPreviewed ? (
        <TemplatePreview
          message={filledIn}
          intervalMs={previewInterval(form)}
          devices={wholeIn(form.devices, senderLimits.devices) ?? 1}
          rows={rows}
        />
      ) : null}
    </div>
  )
}

/** Whether a message is written here: a recording has its own, and a script makes some. */
const hasMessage = (kind: PlanForm['kind']): boolean => kind !== 'recording' && kind !== 'script'

/** The message that is written: the chosen one of a list, and what puts it back or adds others. */
const useWrittenMessage = ({ form: { kind, messages }, change }: FormProps) => {
  const [writtenId, setWrittenId] = useState(messages[0]?.id ?? '')
  const written = (kind === 'list' ? messages.find(({ id }) => id === writtenId) : undefined) ?? messages[0]
  if (!written) throw new Error('A form has a first message.')
  return {
    written,
    setWrittenId,
    put: (typed: TypedMessage) => change({ messages: messages.map((one) => (one.id === typed.id ? typed : one)) }),
    /** Null = a message in which nothing stands. An empty one that is there gives its place to the first. */
    add: (sendables: readonly (Sendable | null)[]) => {
      const added = sendables.map((one) =>
        typedMessage(one ? { message: one.message, fileToken: one.fileToken ?? null } : {}),
      )
      const kept = messages.filter(
        ({ message, fileToken }) => message.topic !== '' || message.payload !== '' || fileToken,
      )
      change({ messages: [...(sendables[0] === null ? messages : kept), ...added].slice(0, senderLimits.steps) })
      setWrittenId(added[0]?.id ?? writtenId)
    },
  }
}

const firstOf = ([first]: readonly Sendable[], written: TypedMessage): TypedMessage =>
  first ? { ...typedMessage(), message: first.message, fileToken: first.fileToken ?? null, id: written.id } : written

/** A pace is needed as soon as the pauses of a list are none. */
const withPace = (form: PlanForm, kind: PlanForm['kind']): Partial<PlanForm> =>
  kind !== 'list' && form.everyMs === '' && form.perSecond === '' ? { kind, everyMs: firstPause(1_000) } : { kind }

/** Milliseconds from one message to the next one of all devices. */
const previewInterval = ({ everyMs, perSecond, devices }: PlanForm): number => {
  const every = numberIn(everyMs, senderLimits.everyMs)
  const rate = numberIn(perSecond, senderLimits.perSecond)
  const ms = every === null ? 1_000 / (rate ?? 1) : every / (wholeIn(devices, senderLimits.devices) ?? 1)
  return Math.max(senderLimits.everyMs.least, Math.min(senderLimits.everyMs.most, Math.round(ms)))
}

/** Undefined = nothing was given yet. */
const givenRows = (rows: PlanForm['rows']): SenderRows | undefined => {
  const data = givenData(rows)
  return data && { format: rows.format, data }
}
