import { isEncoding } from '#shared/encoding/payloadInFormat'
import { isSentAsText } from '#shared/model/composing'
import { Braces, File, FileUp, X } from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { payloadFormats, type PayloadFormat } from '#shared/model/publish'
import { prettyJson } from '#shared/mqtt/prettyJson'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../../i18n/useErrorText'
import type { Composed, FilePayload } from '../../../state/composerRequest'
import { useConnectionObject } from '../../../state/useConnection'
import { formatBytes, formatCount } from '../../../ui/format'
import { HiddenNote } from '../../../ui/HiddenNote'
import { IconButton } from '../../../ui/IconButton'
import { SelectField } from '../../../ui/fields'
import { VisibleText } from '../../../ui/VisibleText'
import { BytesPopover } from './BytesPopover'
import { lastValues } from './completion/seenValues'
import { isOnDisk, isTemplateDraft, payloadSize, type Draft } from './draft'
import { PayloadEditor, type PayloadEditorHandle } from './PayloadEditor'
import { ProblemLine, RoundedLine } from './ProblemLine'
import { useFileDrop } from './useFileDrop'
import styles from '../publish.module.css'
import { switchFormat, type SwitchedFormat } from './switchFormat'
import { usePayloadFacts } from './usePayloadFacts'

/** A message with its payload; another id is another message, with a history of its own to undo. */
interface Composing extends Draft {
  readonly id: string
}

/** What becomes of what a person does with a payload. */
interface PayloadVerbs {
  readonly changeDraft: (change: Partial<Composed>) => void
  /** The system's dialog; answers why no file was chosen. Null = there can be none. */
  readonly choosePayloadFile: (() => Promise<AppError | null>) | null
  /** Of a file that was dropped; answers why it cannot be taken. Null = there can be none. */
  readonly dropPayloadFile: ((file: File) => Promise<AppError | null>) | null
  readonly removePayloadFile: () => void
}

interface SectionProps {
  readonly draft: Composing
  readonly verbs: PayloadVerbs
  readonly editor: RefObject<PayloadEditorHandle | null>
  /** How often it was sent: what was said of it before is over then. */
  readonly sends?: number
  /** Why nothing was made of it the last time. */
  readonly unmade?: AppError | undefined
  /** Stands between the payload and its tools. */
  readonly note?: ReactNode
  /** Told of a text that is pasted before it stands there. */
  readonly onPaste?: ((text: string) => void) | undefined
  /** More tools for the row below the editor. */
  readonly children: ReactNode
}

/** Characters: colours of longer texts cost every key some time. */
const longestColoured = 2 ** 20

export function PayloadSection(props: SectionProps) {
  const { draft, verbs, editor, sends = 0, unmade, note, onPaste, children } = props
  const t = useTranslations('publish')
  const errorText = useErrorText()
  const connection = useConnectionObject()
  const { changeDraft, choosePayloadFile, dropPayloadFile, removePayloadFile } = verbs
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [chooseError, setChooseError] = useState<string | null>(null)
  const { message, file } = draft
  const { text, problem, rounded, bytes } = usePayloadFacts(message)
  const isJson = message.format === 'json' || isEncoding(message.format)
  const isTooLong = message.payload.length > longestColoured
  // What is no JSON is sent as it is typed; CBOR and MessagePack cannot be made of it.
  const isWarning = message.format === 'json'

  const changeFormat = (format: PayloadFormat) => {
    // The bytes of a template are known when it is rendered.
    if (isTemplateDraft(draft)) {
      changeDraft({ format })
      return
    }
    const switched = switchFormat(message, format)
    setRefusal(switched.outcome === 'kept' ? { draft, sends, reason: switched.reason, format } : null)
    if (switched.outcome === 'converted') changeDraft(switched.message)
  }
  const layOut = () => {
    const pretty = prettyJson(message.payload)
    if (pretty.ok) changeDraft({ payload: pretty.text })
    else editor.current?.goTo(pretty.position)
  }
  const take = async (taken: Promise<AppError | null>) => {
    const error = await taken
    setChooseError(error && error.code !== 'cancelled' ? errorText(error) : null)
  }
  const drop = useFileDrop(dropPayloadFile && ((dropped) => void take(dropPayloadFile(dropped))))
  const size = file ? payloadSize(file) : bytes
  const unmadeText = unmade ? errorText(unmade) : chooseError

  return (
    <>
      <div
        className={styles.payload}
        data-dropping={drop.isOver || undefined}
        {...drop.handlers}
        data-tone={problem && !file ? (isWarning ? 'warning' : 'danger') : undefined}
      >
        {file ? (
          <FileChip file={file} onRemove={removePayloadFile} />
        ) : (
          <PayloadEditor
            label={t('payload')}
            value={message.payload}
            onChange={(payload) => changeDraft({ payload })}
            onPaste={onPaste}
            language={isJson && !isTooLong ? 'json' : 'plain'}
            seen={() => lastValues(connection.model.log, message.topic, message.format)}
            completions={t('completions')}
            scope={`${draft.id} ${message.format}`}
            handle={editor}
          />
        )}
        {problem && !file ? (
          <ProblemLine
            problem={problem}
            isWarning={isWarning}
            text={text}
            onGo={() => editor.current?.goTo(problem.position)}
          />
        ) : null}
        {rounded && !file ? (
          <RoundedLine rounded={rounded} text={text} onGo={() => editor.current?.goTo(rounded.position)} />
        ) : null}
      </div>
      {/* Outside the frame: the text keeps its room. */}
      {refusal?.draft === draft && refusal.sends === sends ? (
        <Note text={t(`refusals.${refusal.reason}`, { format: t(`formats.${refusal.format}`) })} />
      ) : null}
      {unmadeText ? <Note text={unmadeText} /> : null}
      {isJson && isTooLong && !file ? <p className={styles.faint}>{t('tooLongForColours')}</p> : null}
      {note}
      {file || !(isJson || isSentAsText(message.format)) ? null : <HiddenNote text={text} isPayload />}
      <div className={styles.tools}>
        <SelectField
          label={t('format')}
          hideLabel
          value={message.format}
          disabled={file !== null}
          options={payloadFormats.map((value) => ({ value, label: t(`formats.${value}`) }))}
          onChange={changeFormat}
        />
        {isJson && !file && !message.isTemplate ? (
          <IconButton label={t('layOut')} icon={<Braces size={14} />} onClick={layOut} />
        ) : null}
        {choosePayloadFile ? (
          <IconButton
            label={t('fromFile')}
            icon={<FileUp size={14} />}
            onClick={() => void take(choosePayloadFile())}
          />
        ) : null}
        {children}
        {isTemplateDraft(draft) ? null : <BytesPopover draft={draft} />}
        <span className={styles.size}>
          {size === null ? '–' : t('bytes', { count: size, number: formatCount(size) })}
        </span>
      </div>
    </>
  )
}

function FileChip({ file, onRemove }: { readonly file: FilePayload; readonly onRemove: () => void }) {
  const t = useTranslations('publish')
  return (
    <div className={styles.fileArea}>
      <div className={styles.fileChip}>
        <File size={14} aria-hidden />
        <span className={styles.fileName}>
          <VisibleText text={file.name} />
        </span>
        <span className={styles.faint}>{formatBytes(payloadSize(file))}</span>
        <IconButton label={t('removeFile')} icon={<X size={14} />} onClick={onRemove} />
      </div>
      <p className={styles.faint}>{t(isOnDisk(file) ? 'fileHint' : 'bytesHint')}</p>
    </div>
  )
}

/** Why a switch of format left things as they were; gone with the next change of the draft and the next send. */
interface Refusal {
  readonly draft: Composing
  readonly sends: number
  readonly reason: Extract<SwitchedFormat, { outcome: 'kept' }>['reason']
  /** That was wanted. */
  readonly format: PayloadFormat
}

function Note({ text }: { readonly text: string }) {
  return (
    <p role="alert" className={styles.note}>
      {text}
    </p>
  )
}
