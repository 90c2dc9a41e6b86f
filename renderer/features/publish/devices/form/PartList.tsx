import { ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { Button } from '../../../../ui/Button'
import { IconButton } from '../../../../ui/IconButton'
import { VisibleText } from '../../../../ui/VisibleText'
import styles from './form.module.css'

interface ListProps<Item> {
  readonly label: string
  readonly items: readonly Item[]
  readonly addLabel: string
  readonly newItem: () => Item
  readonly nameOf: (item: Item) => string
  /** Stands beside the name while the item is folded. */
  readonly summaryOf: (item: Item) => string
  readonly onChange: (items: readonly Item[]) => void
  /** The fields of the item that is open. */
  readonly children: (item: Item, change: (changed: Partial<Item>) => void, place: number) => ReactNode
}

/** Messages, values or commands of a device, one of which is open to be changed. */
export function PartList<Item extends object>(props: ListProps<Item>) {
  const { label, items, addLabel, newItem, nameOf, summaryOf, onChange, children } = props
  const t = useTranslations('devices')
  const [open, setOpen] = useState<number | null>(items.length === 1 ? 0 : null)
  const add = () => {
    onChange([...items, newItem()])
    setOpen(items.length)
  }
  const remove = (place: number) => {
    onChange(items.filter((_, index) => index !== place))
    setOpen(null)
  }
  const change = (place: number, changed: Partial<Item>) =>
    onChange(items.map((item, index) => (index === place ? { ...item, ...changed } : item)))
  return (
    <>
      <div role="list" aria-label={label} className={styles.items}>
        {items.map((item, place) => {
          const name = nameOf(item) || t('noTopic')
          const isOpen = open === place
          return (
            <div key={`${items.length} ${place}`} role="listitem" className={styles.item}>
              <div className={styles.itemHead}>
                <button
                  type="button"
                  aria-expanded={isOpen}
                  aria-label={t('expand', { name: visibleName(name) })}
                  className={styles.fold}
                  onClick={() => setOpen(isOpen ? null : place)}
                >
                  {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
                  <span className={styles.itemName}>
                    <VisibleText text={name} />
                  </span>
                  <span className={styles.summary}>
                    <VisibleText text={summaryOf(item).slice(0, 200)} mostPieces={4} />
                  </span>
                </button>
                <IconButton label={t('removePart')} icon={<Trash2 size={14} />} onClick={() => remove(place)} />
              </div>
              {isOpen ? (
                <div className={styles.fields}>{children(item, (changed) => change(place, changed), place)}</div>
              ) : null}
            </div>
          )
        })}
      </div>
      <div>
        <Button icon={<Plus size={14} aria-hidden />} onClick={add}>
          {addLabel}
        </Button>
      </div>
    </>
  )
}
