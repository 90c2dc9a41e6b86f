import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import styles from './overlays.module.css'
import { useOverlayContainer } from './overlayContainer'

export interface TooltipProps {
  readonly text: ReactNode
  readonly children: ReactElement
  /** False where a click does not lead elsewhere. */
  readonly closeOnClick?: boolean
}

/** Says more about a control on hover and focus. The control keeps its own accessible name. */
export function Tooltip({ text, children, closeOnClick = true }: TooltipProps) {
  const container = useOverlayContainer() ?? undefined
  return (
    <Base.Root>
      <Base.Trigger render={children} closeOnClick={closeOnClick} />
      <Base.Portal container={container}>
        <Base.Positioner sideOffset={6} className={styles.tooltipPositioner}>
          <Base.Popup className={styles.tooltip}>{text}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
