import { useTranslations } from 'use-intl'
import { exchangedDeviceSchema, type DeviceDefinition } from '#shared/model/device'
import type { PayloadFile } from '#shared/model/publish'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import type { AppError } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import { noticesState } from '../../../state/notices'
import { useAppObject } from '../../../state/useApp'
import { devicesState } from './devicesState'

/** Definitions to and from files that people can read, one in each. */
export const useDeviceFiles = () => {
  const t = useTranslations('devices')
  const app = useAppObject()
  const { api } = app
  const say = (text: string) => app.get(noticesState).show({ text })
  const tell = (error: AppError) => {
    if (error.code !== 'cancelled') app.get(noticesState).showError(error)
  }
  const readChosen = async ({ token: fileToken, name }: PayloadFile) => {
    const read = await api.invoke('payloadFile.read', { fileToken })
    if (!read.ok) {
      tell(read.error)
      return
    }
    const parsed = exchangedDeviceSchema.safeParse(parsedJson(decodeUtf8(read.value)))
    if (parsed.success) app.get(devicesState).put({ ...parsed.data.device, id: crypto.randomUUID() })
    else say(t('notADevice', { name: visibleName(name) }))
  }
  return {
    importFile: async () => {
      const chosen = await api.invoke('payloadFile.choose', undefined)
      if (!chosen.ok) tell(chosen.error)
      else if (chosen.value !== null) await readChosen(chosen.value)
    },
    exportFile: async ({ id: _id, ...device }: DeviceDefinition) => {
      const bytes = encodeUtf8(`${JSON.stringify({ version: 1, device }, null, 2)}\n`)
      const saved = await api.invoke('file.save', { suggestedName: `${fileNameOf(device.name)}.json`, bytes })
      if (!saved.ok) tell(saved.error)
      else if (saved.value !== null) say(t('exported', { path: visibleName(saved.value) }))
    },
  }
}

const fileNameOf = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 100) || 'device'

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
