import type { ReactNode } from 'react'
import type { QueryTerm } from '../../model/query/queryTerm'
import styles from './inspector.module.css'
import { TermMenu } from './terms/TermMenu'

export interface FactProps {
  readonly name: string
  readonly children: ReactNode
  readonly wide?: boolean
  /** That a message has the same: the log can be filtered by it. Null = it cannot. */
  readonly term?: QueryTerm | null
}

export function Fact({ name, children, wide = false, term = null }: FactProps) {
  return (
    <div className={styles.fact} data-wide={wide}>
      <dt>{name}</dt>
      <dd className="selectable">
        {term ? (
          <TermMenu name={name} term={term}>
            {children}
          </TermMenu>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}
