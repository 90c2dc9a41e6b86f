import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { ChevronRight } from 'lucide-react'
import {
  createContext,
  memo,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react'
import { classes } from './classes'
import { IconButton } from './IconButton'
import styles from './overlays.module.css'
import { VisibleName } from './VisibleText'
import { visibleName } from '#shared/text/visibleText'
import { useOverlayContainer } from './overlayContainer'

interface MenuCommand {
  readonly label: string
  readonly icon?: ReactNode
  readonly onSelect: () => void
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly shortcut?: string
  /** What the command is about, as it is written, e.g. a topic filter; stands above the label. */
  readonly code?: string
  /** A fact about it, e.g. a count; or why it is disabled. */
  readonly detail?: string
}

interface Submenu {
  readonly label: string
  readonly icon?: ReactNode
  readonly items: readonly MenuEntry[]
}

/** Says something about the commands above it. */
interface MenuNote {
  readonly note: string
}

export type MenuEntry = MenuCommand | Submenu | MenuNote | 'separator'

export interface MenuButtonProps {
  readonly label: string
  readonly icon: ReactNode
  /** A function is asked when the menu opens. */
  readonly items: readonly MenuEntry[] | (() => readonly MenuEntry[])
  readonly disabled?: boolean
}

export function MenuButton({ label, icon, items, disabled = false }: MenuButtonProps) {
  const container = useOverlayContainer() ?? undefined
  return (
    <Base.Root>
      <Base.Trigger disabled={disabled} render={<IconButton label={label} icon={icon} />} />
      <Base.Portal container={container}>
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
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** Opens on right click and on Shift+F10 or the menu key of whatever inside has the focus. */
export function ContextMenu({ items, className, children }: ContextMenuProps) {
  const latest = useRef(items)
  useLayoutEffect(() => {
    latest.current = items
  })
  return (
    <MenuAreaContext value={children}>
      <MenuArea items={latest} className={className} />
    </MenuAreaContext>
  )
}

/** What the menu is of. It comes by this way so that a list that is drawn with each batch does not draw its menu as well. */
const MenuAreaContext = createContext<ReactNode>(null)

const MenuContent = () => useContext(MenuAreaContext)
const menuContent = <MenuContent />

interface MenuAreaProps extends Pick<ContextMenuProps, 'className'> {
  readonly items: RefObject<ContextMenuProps['items']>
}

const MenuArea = memo(function MenuArea({ items, className }: MenuAreaProps) {
  const container = useOverlayContainer() ?? undefined
  const [entries, setEntries] = useState<readonly MenuEntry[]>([])
  return (
    <BaseContext.Root onOpenChange={(open) => open && setEntries(items.current())}>
      <BaseContext.Trigger className={className}>{menuContent}</BaseContext.Trigger>
      <BaseContext.Portal container={container}>
        <BaseContext.Positioner className={styles.positioner}>
          <BaseContext.Popup className={styles.menu}>
            <MenuItems items={entries} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  )
})

function MenuCommandItem({ item }: { readonly item: MenuCommand }) {
  const { label, icon, onSelect, danger, disabled = false, shortcut, code, detail } = item
  if (code !== undefined)
    return (
      <Base.Item
        disabled={disabled}
        aria-label={[visibleName(code), label, detail].filter(Boolean).join(', ')}
        onClick={onSelect}
        className={styles.menuCodeItem}
      >
        <span className={styles.menuCode} title={visibleName(code)}>
          <VisibleName text={code} />
        </span>
        <span className={styles.menuDetail}>{detail}</span>
        <span className={styles.menuCodeLabel}>{label}</span>
      </Base.Item>
    )
  return (
    <Base.Item disabled={disabled} onClick={onSelect} className={classes(styles.menuItem, danger && styles.menuDanger)}>
      <span className={styles.menuIcon}>{icon}</span>
      <span>{label}</span>
      {shortcut ? <kbd className={styles.menuShortcut}>{shortcut}</kbd> : null}
    </Base.Item>
  )
}

function SubmenuItem({ item }: { readonly item: Submenu }) {
  const container = useOverlayContainer() ?? undefined
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={styles.menuItem}>
        <span className={styles.menuIcon}>{item.icon}</span>
        <span>{item.label}</span>
        <ChevronRight size={14} className={styles.menuShortcut} />
      </Base.SubmenuTrigger>
      <Base.Portal container={container}>
        <Base.Positioner className={styles.positioner} alignOffset={-4}>
          <Base.Popup className={classes(styles.menu, styles.submenu)}>
            <MenuItems items={item.items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}

function MenuItems({ items }: Pick<MenuButtonProps, 'items'>) {
  const entries = typeof items === 'function' ? items() : items
  return entries.map((item, index) => {
    if (item === 'separator') return <Base.Separator key={index} className={styles.menuSeparator} />
    if ('note' in item)
      return (
        <p key={index} className={styles.menuNote}>
          {item.note}
        </p>
      )
    return 'items' in item ? <SubmenuItem key={index} item={item} /> : <MenuCommandItem key={index} item={item} />
  })
}
