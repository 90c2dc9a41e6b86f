import { useTranslations } from 'use-intl'
import type { MeterStatus } from '#shared/model/meter'
import { noticesState } from '../../../../state/notices'
import { profilesState, selectEntry } from '../../../../state/profiles'
import { useAppObject } from '../../../../state/useApp'
import { Button } from '../../../../ui/Button'
import { formatIso } from '../../../../ui/format'
import styles from '../meter.module.css'
import { csvReport, jsonReport, type ReportPlace } from './meterReport'
import { useHtmlReport } from './useHtmlReport'

/** Writes what was counted into a file, as it stands now. */
export function ReportButtons({ meter }: { readonly meter: MeterStatus }) {
  const t = useTranslations('meter')
  const app = useAppObject()
  const htmlOf = useHtmlReport()
  const nameOf = (id: string) => selectEntry(id)(app.get(profilesState))?.profile.name ?? id
  const place = (): ReportPlace => ({
    sender: meter.sendOn === null ? null : nameOf(meter.sendOn),
    receiver: nameOf(meter.receiveOn),
    version: app.snapshot.version,
  })
  const save = async (ending: 'json' | 'csv' | 'html', text: string) => {
    const suggestedName = `delivery-${formatIso(meter.startedAt).slice(0, 19).replaceAll(':', '-')}.${ending}`
    const saved = await app.api.invoke('file.save', { suggestedName, bytes: new TextEncoder().encode(text) })
    if (!saved.ok) app.get(noticesState).showError(saved.error)
  }
  return (
    <div role="group" aria-label={t('saveReport')} className={styles.reports}>
      <span aria-hidden>{t('saveReport')}</span>
      <Button onClick={() => void save('json', jsonReport(meter, place()))}>JSON</Button>
      <Button onClick={() => void save('csv', csvReport(meter, place()))}>CSV</Button>
      <Button onClick={() => void save('html', htmlOf(meter, place()))}>HTML</Button>
    </div>
  )
}
