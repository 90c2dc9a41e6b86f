import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './controls.module.css'
import { classes } from './classes'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly icon?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ variant = 'plain', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={classes(styles.button, styles[variant], className)} {...rest}>
      {icon}
      {children}
    </button>
  )
}
