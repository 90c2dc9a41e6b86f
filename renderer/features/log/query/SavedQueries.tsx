import { Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { TextField } from '../../../ui/fields'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import { VisibleName } from '../../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import styles from './query.module.css'
import { useSavedQueries } from './useSavedQueries'

/** Queries of this connection that are kept for another time. */
export function SavedQueries() {
  const t = useTranslations('query')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      title={t('saved')}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('saved')} icon={<Star size={14} />} />}
    >
      <SavedList onDone={() => setOpen(false)} />
    </Popover>
  )
}

const shown = 80

function SavedList({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations('query')
  const changeQuery = useConnection(logViewState, (state) => state.changeQuery)
  const { saved, remove } = useSavedQueries()
  return (
    <>
      {saved.length === 0 ? <p className={styles.faint}>{t('savedEmpty')}</p> : null}
      <ul className={styles.savedList}>
        {saved.map((one) => (
          <li key={one.query} className={styles.saved}>
            <button
              type="button"
              className={styles.savedMain}
              onClick={() => {
                changeQuery(one.query)
                onDone()
              }}
            >
              {one.name === '' ? null : <VisibleName text={one.name} limit={shown} />}
              <span className={styles.savedQuery}>
                <VisibleName text={one.query} limit={shown} />
              </span>
            </button>
            <IconButton
              label={t('removeSaved', { name: visibleName(one.name || one.query, shown) })}
              icon={<Trash2 size={14} />}
              onClick={() => remove(one.query)}
            />
          </li>
        ))}
      </ul>
      <SaveForm />
    </>
  )
}

function SaveForm() {
  const t = useTranslations('query')
  const query = useConnection(logViewState, (state) => state.query).trim()
  const [name, setName] = useState('')
  const { save } = useSavedQueries()
  if (query === '') return <p className={styles.faint}>{t('saveHint')}</p>
  return (
    <form
      className={styles.saveForm}
      onSubmit={(event) => {
        event.preventDefault()
        save({ name: name.trim(), query })
        setName('')
      }}
    >
      <TextField label={t('saveName')} value={name} maxLength={200} onChange={setName} />
      <Button type="submit" variant="primary">
        {t('save')}
      </Button>
    </form>
  )
}
