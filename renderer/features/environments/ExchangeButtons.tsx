import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { exchangedEnvironmentsSchema } from '#shared/model/environment'
import type { PayloadFile } from '#shared/model/publish'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import type { AppError } from '#shared/result'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../i18n/useErrorText'
import { useAppObject } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import styles from './environments.module.css'
import { exchangedFrom, withExchanged } from './environmentsForm'
import type { EnvironmentsFormState } from './useEnvironmentsForm'

/** Environments to and from a file, without their secrets. What is read is saved with the rest. */
export function ExchangeButtons({ state }: { readonly state: EnvironmentsFormState }) {
  const t = useTranslations('environments')
  const { said, readFile, writeFile } = useExchange(state)
  return (
    <>
      <Button onClick={() => void readFile()}>{t('import')}</Button>
      <Button disabled={state.form.length === 0} onClick={() => void writeFile()}>
        {t('export')}
      </Button>
      <p role="status" className={styles.said}>
        {said}
      </p>
    </>
  )
}

const useExchange = (state: EnvironmentsFormState) => {
  const t = useTranslations('environments')
  const { api } = useAppObject()
  const errorText = useErrorText()
  const [said, setSaid] = useState('')
  const tell = (error: AppError) => setSaid(error.code === 'cancelled' ? '' : errorText(error))

  const take = (name: string, text: string) => {
    const parsed = exchangedEnvironmentsSchema.safeParse(parsedJson(text))
    if (!parsed.success) {
      setSaid(t('notEnvironments', { name: visibleName(name) }))
      return
    }
    const form = withExchanged(state.form, parsed.data)
    const added = form[state.form.length]
    state.put(form)
    if (added) state.show(added.id)
    setSaid(t('imported', { count: formatCount(form.length - state.form.length) }))
  }
  const readChosen = async ({ token: fileToken, name }: PayloadFile) => {
    const read = await api.invoke('payloadFile.read', { fileToken })
    if (read.ok) take(name, decodeUtf8(read.value))
    else tell(read.error)
  }
  return {
    said,
    readFile: async () => {
      setSaid('')
      const chosen = await api.invoke('payloadFile.choose', undefined)
      if (!chosen.ok) tell(chosen.error)
      else if (chosen.value !== null) await readChosen(chosen.value)
    },
    writeFile: async () => {
      setSaid('')
      const form = state.checked()
      if (!form) return
      const bytes = encodeUtf8(`${JSON.stringify(exchangedFrom(form), null, 2)}\n`)
      const saved = await api.invoke('file.save', { suggestedName: 'environments.json', bytes })
      if (!saved.ok) tell(saved.error)
      else if (saved.value !== null) setSaid(t('exported', { path: visibleName(saved.value) }))
    },
  }
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
