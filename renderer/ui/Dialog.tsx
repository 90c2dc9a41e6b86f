import { Dialog as Base } from '@base-ui/react/dialog'
import { useRef, type ReactNode } from 'react'
import { classes } from './classes'
import styles from './overlays.module.css'
import { useOverlayContainer } from './overlayContainer'

export interface DialogProps {
  readonly title: string
  readonly open: boolean
  /** Escape, a click outside, or the caller's own buttons. */
  readonly onClose: () => void
  readonly footer?: ReactNode
  readonly size?: 'small' | 'medium' | 'large' | 'broad' | 'wide'
  /** What takes the focus when it opens; absent or null = its first control. */
  readonly firstFocus?: () => HTMLElement | null
  readonly children: ReactNode
}

/** A modal dialog: holds the focus, gives it back when it closes. */
export function Dialog({ title, open, onClose, footer, size = 'medium', firstFocus, children }: DialogProps) {
  const container = useOverlayContainer() ?? undefined
  const lastEvent = useRef<Event | null>(null)
  // One press may be reported twice, by the popup and by the page; a caller that asks first would take its question back.
  const handleOpenChange = (next: boolean, { event }: { readonly event: Event }) => {
    if (next || event === lastEvent.current) return
    lastEvent.current = event
    onClose()
  }
  return (
    <Base.Root open={open} onOpenChange={handleOpenChange}>
      <Base.Portal container={container}>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={classes(styles.dialog, styles[size])} initialFocus={() => firstFocus?.() ?? true}>
          <Base.Title className={styles.dialogTitle}>{title}</Base.Title>
          <div className={styles.dialogBody}>{children}</div>
          {footer ? <div className={styles.dialogFooter}>{footer}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
