import { isEncoding, isSchemaFormat } from '#shared/encoding/payloadInFormat'
import { isSentAsText } from '#shared/model/composing'
import { Braces, FileUp } from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { payloadFormats, type PayloadFormat } from '#shared/model/publish'
import { prettyJson } from '#shared/mqtt/prettyJson'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../../i18n/useErrorText'
import type { Composed } from '../../../state/composerRequest'
import { useSchemaWriters } from '../../../state/schemaWriters'
import { formatCount } from '../../../ui/format'
import { HiddenNote } from '../../../ui/HiddenNote'
import { IconButton } from '../../../ui/IconButton'
import { SelectField } from '../../../ui/fields'
import { BytesPopover } from './BytesPopover'
import { isTemplateDraft, payloadSize } from './draft'
import type { PayloadEditorHandle } from './PayloadEditor'
import { PayloadField, type Composing } from './PayloadField'
import styles from '../publish.module.css'
import { SchemaTools } from './schema/SchemaTools'
import { useBoundSchema, type BoundToTopic } from './schema/useBoundSchema'
import { useSchemaCheck } from '../../../state/useSchemaCheck'
import { switchFormat, type SwitchedFormat } from './switchFormat'
import { usePayloadFacts } from './usePayloadFacts'

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
  /** Stands below the text, within its frame. */
  readonly below?: ReactNode
  /** Told of a text that is pasted before it stands there. */
  readonly onPaste?: ((text: string) => void) | undefined
  /** More tools for the row below the editor. */
  readonly children: ReactNode
}

export function PayloadSection(props: SectionProps) {
  const { draft, verbs, editor, sends = 0, unmade, note, below, onPaste, children } = props
  const t = useTranslations('publish')
  const errorText = useErrorText()
  const { changeDraft, choosePayloadFile, dropPayloadFile, removePayloadFile } = verbs
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [chooseError, setChooseError] = useState<string | null>(null)
  const { message, file } = draft
  const facts = usePayloadFacts(message)
  const isJson = message.format === 'json' || isEncoding(message.format) || isSchemaFormat(message.format)
  const writers = useSchemaWriters()
  const bound = useBoundSchema(message.topic)
  // What a template makes is checked in its preview.
  const isChecked = isJson && !file && !message.isTemplate
  const checked = useSchemaCheck(isChecked && bound?.json ? bound.json.text : null, facts.text)

  const changeFormat = (format: PayloadFormat) => {
    // The bytes of a template are known when it is rendered.
    if (isTemplateDraft(draft)) {
      changeDraft({ format })
      return
    }
    const switched = switchFormat(message, format, writers)
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
  const size = file ? payloadSize(file) : facts.bytes
  const unmadeText = unmade ? errorText(unmade) : chooseError

  return (
    <>
      <PayloadField
        draft={draft}
        facts={facts}
        bound={bound}
        checked={checked}
        editor={editor}
        below={below}
        onPaste={onPaste}
        onType={(payload) => changeDraft({ payload })}
        onDropFile={dropPayloadFile && ((dropped) => void take(dropPayloadFile(dropped)))}
        onRemoveFile={removePayloadFile}
      />
      {/* Outside the frame: the text keeps its room. */}
      {refusal?.draft === draft && refusal.sends === sends ? (
        <Note text={t(`refusals.${refusal.reason}`, { format: t(`formats.${refusal.format}`) })} />
      ) : null}
      {unmadeText ? <Note text={unmadeText} /> : null}
      {note}
      {file || !(isJson || isSentAsText(message.format)) ? null : <HiddenNote text={facts.text} isPayload />}
      <div className={styles.tools}>
        <SelectField
          label={t('format')}
          hideLabel
          value={message.format}
          disabled={file !== null}
          options={formatsFor(message, bound).map((value) => ({ value, label: t(`formats.${value}`) }))}
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
        {bound ? (
          <SchemaTools
            bound={bound}
            checked={checked}
            isOther={!isJson || file !== null}
            isTemplate={message.isTemplate === true}
            isEmpty={message.payload === ''}
            onFill={(payload) => changeDraft({ payload })}
          />
        ) : null}
        {children}
        <div className={styles.sizeGroup}>
          {isTemplateDraft(draft) ? null : <BytesPopover draft={draft} />}
          <span className={styles.size}>
            {size === null ? '–' : t('bytes', { count: size, number: formatCount(size) })}
          </span>
        </div>
      </div>
    </>
  )
}

/** Formats that need a schema are offered where one is bound to the topic; of a template, main makes the bytes, without schemas. */
const formatsFor = ({ format, isTemplate }: Composed, bound: BoundToTopic | null): readonly PayloadFormat[] =>
  payloadFormats.filter(
    (one) => one === format || !isSchemaFormat(one) || (!isTemplate && bound?.rule.schema.kind === one),
  )

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
