import { useTranslations } from 'use-intl'
import type { BoundSchema } from '#shared/model/payloadRule'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import { visibleText } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import { useSchema, type LoadedSchema } from '../../state/payloadRules'
import styles from './schemas.module.css'

/** So many are shown; the rest is counted. */
const shown = 4

interface Said {
  /** '' = the whole. */
  readonly place: string
  readonly line?: number | undefined
  readonly text: string
  readonly isRemark: boolean
}

/** What is wrong with a schema and its file, with line and reason, and what of it is not looked at. */
export function SchemaProblems({ schema }: { readonly schema: BoundSchema }) {
  const t = useTranslations('schemas')
  const problems = useProblems(useSchema(schema))
  if (problems.length === 0) return null
  const further = problems.length - shown
  return (
    <ul className={styles.problems}>
      {problems.slice(0, shown).map(({ place, line, text, isRemark }, index) => (
        <li key={index} data-tone={isRemark ? 'remark' : 'problem'} data-line={line}>
          {place === '' ? null : <strong>{place}</strong>} {text}
        </li>
      ))}
      {further > 0 ? <li data-tone="remark">{t('furtherProblems', { count: further })}</li> : null}
    </ul>
  )
}

const useProblems = (loaded: LoadedSchema | null): readonly Said[] => {
  const t = useTranslations('schemas')
  const json = useTranslations('publish.jsonProblems')
  const errorText = useErrorText()
  const at = (text: string, position: number) => {
    const place = lineAndColumn(text, position)
    return { place: t('place', place), line: place.line }
  }
  switch (loaded?.status) {
    case 'unreadable':
      return [{ place: '', text: errorText(loaded.error), isRemark: false }]
    case 'noJson': {
      const { text, position, detail } = loaded
      return [{ ...at(text, position), text: detail === 'tooDeep' ? t('tooDeep') : json(detail), isRemark: false }]
    }
    case 'jsonSchema':
      return loaded.document.problems.map(({ code, position, values, isRemark }) => ({
        ...at(loaded.text, position),
        text: t(`problems.${code}`, mapped(values)),
        isRemark,
      }))
    case 'faultyProtobuf': {
      const { code, file, line, detail } = loaded.problem
      const place = line === null ? t('inFile', { file }) : t('inFileLine', { file, line })
      return [{ place, line: line ?? undefined, text: t(`protobuf.${code}`, mapped({ detail })), isRemark: false }]
    }
    case 'faultyAvro': {
      const { problem, text } = loaded
      const said =
        problem.problem === 'json' ? json(problem.detail) : t(`avro.${problem.detail}`, mapped({ name: problem.name }))
      return [{ ...at(text, problem.position), text: said, isRemark: false }]
    }
    default:
      return []
  }
}

const mapped = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visibleText(value)]))
