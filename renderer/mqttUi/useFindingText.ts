import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { printJsonPath } from '#shared/json/jsonPath'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { visibleText } from '#shared/text/visibleText'

/** What does not conform, as the path and the reason. */
export const useFindingText = (): ((finding: SchemaFinding) => string) => {
  const t = useTranslations('schemas')
  return useCallback(
    ({ code, path, values }) => {
      const shown = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? visibleText(value) : value]),
      )
      return `${visibleText(printJsonPath(path))} ${t(`findings.${code}`, shown)}`
    },
    [t],
  )
}
