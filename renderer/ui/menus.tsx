import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { useState, type ReactNode } from 'react'
import { classes } from './classes'
import { IconButton } from './IconButton'
import styles from './overlays.module.css'

export type MenuEntry =
  | {
      readonly label: string
      readonly icon?: ReactNode
      readonly onSelect: () => void
      readonly danger?: boolean
      readonly disabled?: boolean
      readonly shortcut?: string
    }
  | 'separator'

function MenuItems({ items }: Pick<MenuButtonProps, 'items'>) {
  const entries = typeof items === 'function' ? items() : items
  return entries.map((item, index) =>
    item === 'separator' ? (
      <Base.Separator key={index} className={styles.menuSeparator} />
    ) : (
      <Base.Item
        key={index}
        disabled={item.disabled ?? false}
        onClick={item.onSelect}
        className={classes(styles.menuItem, item.danger && styles.menuDanger)}
      >
        <span className={styles.menuIcon}>{item.icon}</span>
        <span>{item.label}</span>
        {item.shortcut ? <kbd className={styles.menuShortcut}>{item.shortcut}</kbd> : null}
      </Base.Item>
    ),
  )
}

export interface MenuButtonProps {
  readonly label: string
  readonly icon: ReactNode
  /** A function is asked when the menu opens. */
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[])
  readonly disabled?: boolean
}

export function MenuButton({ label, icon, items, disabled = false }: MenuButtonProps) {
  return (
    <Base.Root>
      <Base.Trigger disabled={disabled} render={<IconButton label={label} icon={icon} />} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className={styles.positioner}>
          <Base.Popup className={styles.menu}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface ContextMenuProps {
  /** Asked when the menu opens, so that it speaks of what is under the pointer now. */
  readonly items: () => readonly MenuEntry[]
  readonly className?: string
  readonly children: ReactNode
}

/** Opens on right click and on Shift+F10 or the menu key of whatever inside has the focus. */
export function ContextMenu({ items, className, children }: ContextMenuProps) {
  const [entries, setEntries] = useState<readonly MenuEntry[]>([])
  return (
    <BaseContext.Root onOpenChange={(open) => open && setEntries(items())}>
      <BaseContext.Trigger className={className}>{children}</BaseContext.Trigger>
      <BaseContext.Portal>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={styles.menu}>
            <MenuItems items={entries} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  )
}
