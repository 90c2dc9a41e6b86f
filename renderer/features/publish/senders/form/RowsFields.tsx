import { FileUp } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { useErrorText } from '../../../../i18n/useErrorText'
import { useAppObject } from '../../../../state/useApp'
import { Button } from '../../../../ui/Button'
import { SelectField } from '../../../../ui/fields'
import { VisibleName } from '../../../../ui/VisibleText'
import { columnPlaceholder, rowColumns } from '../plan/rowColumns'
import type { TypedRows } from '../plan/planForm'
import styles from '../senders.module.css'
import { DataFile } from './DataFile'
import type { FormProps } from './formProps'
import { useFileChoice } from './useFileChoice'
import { useProblemText } from './useProblemText'

interface RowsProps extends FormProps {
  /** Puts the placeholder of a column that is clicked into the message. */
  readonly insert: (text: string) => void
  /** The data takes the focus. */
  readonly onFocus: () => void
}

/** The data of which each row is a message, pasted or from a file, and the columns that were found in it. */
export function RowsFields({ form: { rows }, change, problems, tried, insert, onFocus }: RowsProps) {
  const t = useTranslations('senders')
  const errorText = useErrorText()
  const textOf = useProblemText(tried)
  const id = useId()
  const [chooseError, setChooseError] = useState<string | null>(null)
  const put = (changed: Partial<TypedRows>) => change({ rows: { ...rows, ...changed } })
  const { choose } = useFileChoice(({ token: fileToken, name }) =>
    put({ fileToken, format: /\.(jsonl|ndjson|json)$/i.test(name) ? 'jsonLines' : rows.format }),
  )
  const handleChoose = async () => {
    const error = await choose()
    setChooseError(error && error.code !== 'cancelled' ? errorText(error) : null)
  }
  const problem = textOf(problems.fields.rows) ?? chooseError
  return (
    <div className={styles.rows}>
      <div className={styles.rowsHead}>
        <label htmlFor={id}>{t('rows')}</label>
        <SelectField
          label={t('rowsFormat')}
          hideLabel
          value={rows.format}
          options={(['csv', 'jsonLines'] as const).map((value) => ({ value, label: t(`rowFormats.${value}`) }))}
          onChange={(format) => put({ format })}
        />
        <Button variant="quiet" icon={<FileUp size={14} aria-hidden />} onClick={() => void handleChoose()}>
          {t('rowsFile')}
        </Button>
      </div>
      {rows.fileToken === null ? (
        <textarea
          id={id}
          className={styles.rowsText}
          value={rows.text}
          rows={4}
          spellCheck={false}
          onFocus={onFocus}
          placeholder={t(`rowExamples.${rows.format}`)}
          aria-invalid={problem ? true : undefined}
          onChange={({ target: { value } }) => put({ text: value, format: guessedFormat(value, rows) })}
        />
      ) : (
        <DataFile token={rows.fileToken} onRemove={() => put({ fileToken: null })} />
      )}
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <Columns rows={rows} onPick={(column) => insert(columnPlaceholder(column))} />
    </div>
  )
}

/** Pasted lines of JSON into an empty field say of themselves what they are. */
const guessedFormat = (text: string, { format, text: before }: TypedRows): TypedRows['format'] => {
  if (before.trim() !== '' || text.trim() === '') return format
  return text.trimStart().startsWith('{') ? 'jsonLines' : 'csv'
}

interface ColumnsProps {
  readonly rows: TypedRows
  readonly onPick: (column: string) => void
}

function Columns({ rows, onPick }: ColumnsProps) {
  const t = useTranslations('senders')
  const text = useRowsText(rows)
  const columns = rowColumns({ format: rows.format, text })
  if (columns.length === 0) return null
  return (
    <div role="group" aria-label={t('columns')} className={styles.columns}>
      <span>{t('columns')}</span>
      {columns.map((column, place) => (
        <button
          key={`${place} ${column}`}
          type="button"
          className={styles.column}
          title={t('columnHint', { text: columnPlaceholder(column) })}
          onClick={() => onPick(column)}
        >
          <VisibleName text={column} mostPieces={4} />
        </button>
      ))}
    </div>
  )
}

/** What stands in the field, or in a file that is small enough to be looked at here. */
const useRowsText = ({ text, fileToken }: TypedRows): string => {
  const app = useAppObject()
  const [read, setRead] = useState<{ readonly token: string; readonly text: string } | null>(null)
  useEffect(() => {
    if (fileToken === null) return
    let isOutdated = false
    void app.api.invoke('payloadFile.read', { fileToken }).then((result) => {
      if (!isOutdated && result.ok) setRead({ token: fileToken, text: decodeUtf8(result.value) })
    })
    return () => {
      isOutdated = true
    }
  }, [app, fileToken])
  if (fileToken === null) return text
  return read?.token === fileToken ? read.text : ''
}
