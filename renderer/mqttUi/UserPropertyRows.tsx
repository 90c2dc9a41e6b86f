import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/Button'
import { TextField } from '../ui/fields'
import { IconButton } from '../ui/IconButton'
import styles from './mqttUi.module.css'

type Rows = [name: string, value: string][]

interface UserPropertyRowsProps {
  readonly rows: Rows
  /** The sentence for what is wrong with a row; null = nothing is. */
  readonly problemOf: (row: number) => string | null
  readonly onChange: (rows: Rows) => void
}

/** Pairs of a name and a value, in the order in which they are sent; a name may stand more than once (MQTT 5 §2.2.2.2). */
export function UserPropertyRows({ rows, problemOf, onChange }: UserPropertyRowsProps) {
  const t = useTranslations('publish')
  const put = (index: number, row: Rows[number]) => onChange(rows.with(index, row))
  return (
    <fieldset className={styles.userProperties}>
      <legend>{t('userProperties')}</legend>
      {rows.map(([key, value], index) => (
        <div key={index} className={styles.userProperty}>
          <TextField
            label={t('userPropertyKey', { number: index + 1 })}
            hideLabel
            mono
            placeholder={t('key')}
            value={key}
            onChange={(next) => put(index, [next, value])}
            error={problemOf(index)}
          />
          <TextField
            label={t('userPropertyValue', { number: index + 1 })}
            hideLabel
            mono
            placeholder={t('value')}
            value={value}
            onChange={(next) => put(index, [key, next])}
          />
          <IconButton
            label={t('removeUserProperty', { number: index + 1 })}
            icon={<X size={14} />}
            onClick={() => onChange(rows.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button variant="quiet" icon={<Plus size={14} />} onClick={() => onChange([...rows, ['', '']])}>
        {t('addUserProperty')}
      </Button>
    </fieldset>
  )
}
