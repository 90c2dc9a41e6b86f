import { useTranslations } from 'use-intl'

const parts = ['variables', 'births', 'telemetry', 'commands', 'deaths'] as const

/** Where in a definition something stands, by the steps of its path: the part, and which of its entries. */
export const usePlaceWords = () => {
  const t = useTranslations('devices.parts')
  return ([first, second]: readonly PropertyKey[]) => {
    const part = parts.find((one) => one === (first === 'will' ? 'deaths' : first)) ?? 'general'
    const place = part === 'general' || second === undefined || first === 'will' ? '' : ` ${Number(second) + 1}`
    return { part: t(part), place }
  }
}
