import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { mostRefusedKept, type RefusedPart } from '#shared/model/recordings'
import { visibleText } from '#shared/text/visibleText'
import { useCopyText } from '../../state/clipboard'
import { dialogsState, selectDialog } from '../../state/dialogs'
import { recordingsState } from '../../state/recordings'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { formatCount } from '../../ui/format'
import styles from './recordings.module.css'

/** Everything of a recording that could not be read: where it stands, and why. */
export function RefusedDialog() {
  const asked = useApp(dialogsState, selectDialog('refusedParts'))
  return asked ? <List /> : null
}

/** So many rows are drawn; copied are all. */
const mostShown = 1_000

function List() {
  const t = useTranslations('recordings')
  const app = useAppObject()
  const { id } = useConnectionObject()
  const close = useApp(dialogsState, (state) => state.close)
  const copy = useCopyText()
  const total = useApp(recordingsState, ({ opened }) => opened.get(id)?.refused ?? 0)
  const [parts, setParts] = useState<readonly RefusedPart[]>([])
  useEffect(() => {
    let isGone = false
    void app.api
      .invoke('openedRecording.refused', { connectionId: id, from: 0, count: mostRefusedKept })
      .then((read) => {
        if (!isGone && read.ok) setParts(read.value)
      })
    return () => {
      isGone = true
    }
  }, [app, id, total])
  const placeOf = ({ place }: RefusedPart) => t(`places.${place.unit}`, { number: place.number })
  const textOf = (part: RefusedPart) =>
    [placeOf(part), t(`reasons.${part.reason}`), part.detail].filter((text) => text !== '').join('\t')
  const shown = parts.slice(0, mostShown)
  return (
    <Dialog
      title={t('refusedTitle', { count: total, number: formatCount(total) })}
      size="large"
      open
      onClose={close}
      footer={
        <>
          <Button onClick={() => void copy(parts.map(textOf).join('\n'))}>{t('copyRefused')}</Button>
          <Button variant="primary" onClick={close}>
            {t('done')}
          </Button>
        </>
      }
    >
      <div className={styles.list} tabIndex={0} role="region" aria-label={t('refusedLabel')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('reason')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((part, index) => (
              <tr key={index}>
                <td className={styles.place}>{placeOf(part)}</td>
                <td>
                  {t(`reasons.${part.reason}`)}
                  {part.detail === '' ? null : (
                    <>
                      {' '}
                      <span className={styles.detail}>{visibleText(part.detail)}</span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > shown.length ? (
        <p className={styles.hint}>
          {t('moreRefused', { shown: formatCount(shown.length), kept: formatCount(parts.length) })}
        </p>
      ) : null}
    </Dialog>
  )
}
