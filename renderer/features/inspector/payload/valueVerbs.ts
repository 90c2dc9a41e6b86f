import { Braces, Copy, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { jsonPath, type JsonOutline } from '../../../decode/json/jsonOutline'
import { useCopyText } from '../../../state/clipboard'

/** Something that can be done with one value of a JSON payload. */
export interface ValueVerb {
  readonly id: 'copyValue' | 'copyPath'
  readonly label: string
  /** Its label beside the value, where there is little room. */
  readonly word: string
  readonly icon: LucideIcon
  readonly run: () => void
}

/** What a value of JSON offers, by the line that it stands in. */
export const useValueVerbs = (): ((outline: JsonOutline, line: number) => readonly ValueVerb[]) => {
  const t = useTranslations('inspector.value')
  const copyText = useCopyText()
  return (outline, line) => {
    const verb = (id: ValueVerb['id'], icon: LucideIcon, run: () => void): ValueVerb => ({
      id,
      label: t(`${id}.label`),
      word: t(`${id}.word`),
      icon,
      run,
    })
    return [
      verb('copyValue', Copy, () => void copyText(copiedValue(outline.valueText(line)))),
      verb('copyPath', Braces, () => void copyText(jsonPath(outline.stepsTo(line)))),
    ]
  }
}

/** A string without its quotes and escapes; everything else as it is written, so that numbers keep every digit. */
const copiedValue = (text: string): string => (text.startsWith('"') ? String(JSON.parse(text)) : text)
