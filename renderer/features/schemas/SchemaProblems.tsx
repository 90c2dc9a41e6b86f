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
  readonly place: { readonly line: number; readonly column: number } | null
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
      {problems.slice(0, shown).map(({ place, text, isRemark }, index) => (
        <li key={index} data-tone={isRemark ? 'remark' : 'problem'} data-line={place?.line}>
          {place ? <strong>{t('place', place)}</strong> : null} {text}
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
  switch (loaded?.status) {
    case 'unreadable':
      return [{ place: null, text: errorText(loaded.error), isRemark: false }]
    case 'noJson': {
      const { text, position, detail } = loaded
      const reason = detail === 'tooDeep' ? t('tooDeep') : json(detail)
      return [{ place: lineAndColumn(text, position), text: reason, isRemark: false }]
    }
    case 'jsonSchema':
      return loaded.document.problems.map(({ code, position, values, isRemark }) => ({
        place: lineAndColumn(loaded.text, position),
        text: t(`problems.${code}`, mapped(values)),
        isRemark,
      }))
    default:
      return []
  }
}

const mapped = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visibleText(value)]))
