import { useTranslations } from 'use-intl'
import type { DeviceDefinition } from '#shared/model/device'

const delivered = ['sensor', 'sparkplug', 'light', 'misbehaving', 'plant'] as const

/** Name and description of a definition; those of one that comes with the application are said in the person's language. */
export const useDeviceWords = () => {
  const t = useTranslations('devices')
  return ({ id, name, description }: DeviceDefinition) => {
    const known = delivered.find((one) => id === `delivered.${one}`)
    return known ? { name: t(`names.${known}`), description: t(`descriptions.${known}`) } : { name, description }
  }
}
