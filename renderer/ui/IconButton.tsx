import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classes } from './classes'
import styles from './controls.module.css'
import { Tooltip } from './Tooltip'

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string
  readonly icon: ReactNode
  readonly shortcut?: string
  readonly pressed?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button that shows only an icon; its label is the accessible name and the tooltip. */
export function IconButton({ label, icon, shortcut, pressed, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={shortcut ? `${label} (${shortcut})` : label}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        className={classes(styles.iconButton, className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
