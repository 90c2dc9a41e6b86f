import { File, X } from 'lucide-react'
import { useMemo, type ReactNode, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { isEncoding, isSchemaFormat } from '#shared/encoding/payloadInFormat'
import type { FilePayload } from '../../../state/composerRequest'
import { useEnvironmentInUse } from '../../../state/environments'
import { useConnectionObject } from '../../../state/useConnection'
import { formatBytes } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { VisibleText } from '../../../ui/VisibleText'
import styles from '../publish.module.css'
import { lastValues } from './completion/seenValues'
import { isOnDisk, payloadSize, type Draft } from './draft'
import { PayloadEditor, type MarkedText, type PayloadEditorHandle } from './PayloadEditor'
import { ProblemLine, RoundedLine } from './ProblemLine'
import { SchemaFindings } from './schema/SchemaFindings'
import type { BoundToTopic } from './schema/useBoundSchema'
import { useFindingText } from '../../../mqttUi/useFindingText'
import type { SchemaChecked } from '../../../state/useSchemaCheck'
import { useFileDrop } from './useFileDrop'
import type { PayloadFacts } from './usePayloadFacts'

/** A message with its payload; another id is another message, with a history of its own to undo. */
export interface Composing extends Draft {
  readonly id: string
}

interface PayloadFieldProps {
  readonly draft: Composing
  readonly facts: PayloadFacts
  /** The schema of the topic, and what does not conform to it. */
  readonly bound: BoundToTopic | null
  readonly checked: SchemaChecked | null
  readonly editor: RefObject<PayloadEditorHandle | null>
  /** Stands below the text, within its frame. */
  readonly below: ReactNode
  readonly onPaste: ((text: string) => void) | undefined
  readonly onType: (payload: string) => void
  /** Null = none can be dropped here. */
  readonly onDropFile: ((file: File) => void) | null
  readonly onRemoveFile: () => void
}

/** Characters: colours of longer texts cost every key some time. */
const longestColoured = 2 ** 20

/** The editor of a payload, or the file in its place, and below it what is wrong with the text. */
export function PayloadField(props: PayloadFieldProps) {
  const { draft, facts, bound, checked, editor, below, onPaste, onType, onDropFile, onRemoveFile } = props
  const t = useTranslations('publish')
  const connection = useConnectionObject()
  const drop = useFileDrop(onDropFile)
  const variables = useEnvironmentInUse()?.variables.map(({ name }) => name) ?? []
  const marks = useMarks(checked)
  const { message, file } = draft
  const { text, problem, rounded } = facts
  const isJson = message.format === 'json' || isEncoding(message.format) || isSchemaFormat(message.format)
  const isTooLong = message.payload.length > longestColoured
  // What is no JSON is sent as it is typed; CBOR and MessagePack cannot be made of it.
  const isWarning = message.format === 'json'
  const goTo = (position: number) => editor.current?.goTo(position)
  return (
    <div
      className={styles.payload}
      data-dropping={drop.isOver || undefined}
      {...drop.handlers}
      data-tone={problem && !file ? (isWarning ? 'warning' : 'danger') : undefined}
    >
      {file ? (
        <FileChip file={file} onRemove={onRemoveFile} />
      ) : (
        <>
          <PayloadEditor
            label={t('payload')}
            value={message.payload}
            onChange={onType}
            onPaste={onPaste}
            language={isJson && !isTooLong ? 'json' : 'plain'}
            seen={() => lastValues(connection.model.log, message.topic, message.format)}
            variables={() => (message.isTemplate ? variables : [])}
            schema={() => bound?.json?.document ?? null}
            completions={t('completions')}
            marks={marks}
            scope={`${draft.id} ${message.format}`}
            handle={editor}
          />
          {problem ? (
            <ProblemLine problem={problem} isWarning={isWarning} text={text} onGo={() => goTo(problem.position)} />
          ) : null}
          {checked ? <SchemaFindings checked={checked} onGo={goTo} /> : null}
          {rounded ? <RoundedLine rounded={rounded} text={text} onGo={() => goTo(rounded.position)} /> : null}
          {below}
          {isJson && isTooLong ? <p className={styles.longNote}>{t('tooLongForColours')}</p> : null}
        </>
      )}
    </div>
  )
}

const useMarks = (checked: SchemaChecked | null): MarkedText | null => {
  const findingText = useFindingText()
  return useMemo(() => {
    if (checked?.checked.outcome !== 'differs') return null
    const marks = checked.checked.findings.map((finding) => ({
      from: finding.position,
      to: finding.end,
      title: findingText(finding),
    }))
    return { text: checked.text, marks }
  }, [checked, findingText])
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
