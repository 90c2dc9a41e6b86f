import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import styles from './overlays.module.css'
import { useOverlayContainer } from './overlayContainer'

export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly title: string
  readonly children: ReactNode
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function Popover({ trigger, title, children, open, onOpenChange }: PopoverProps) {
  const container = useOverlayContainer() ?? undefined
  return (
    <Base.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={4} className={styles.positioner}>
          <Base.Popup className={styles.popover}>
            <Base.Title className={styles.popoverTitle}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
