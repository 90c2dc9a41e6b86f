import { useTranslations } from 'use-intl'
import { ActionButton } from '../actions/ActionButton'
import { ConnectionBar } from '../features/connections/bar/ConnectionBar'
import { OpenConnections } from '../features/connections/tabs/OpenConnections'
import { paletteActions } from '../features/palette/paletteActions'
import { connectionsState, selectInView } from '../state/connections'
import { useApp, useAppObject } from '../state/useApp'
import { ConnectionContext } from '../state/useConnection'
import { classes } from '../ui/classes'
import { commandShortcut } from '../ui/shortcut'
import styles from './shell.module.css'

/** The one line over everything: open connections, what the window shows, and what is done to the connection in view. */
export function TopBar() {
  const app = useAppObject()
  const connection = useApp(connectionsState, selectInView)
  return (
    <header className={styles.topBar}>
      <h1 className="visually-hidden">Topicscope</h1>
      <div className={styles.topBarPart}>
        <ActionButton id="layout.connections" on="window" subject={app} iconSize={16} />
      </div>
      <div className={styles.topBarTabs}>
        <OpenConnections />
      </div>
      {connection ? (
        <div className={classes(styles.topBarPart, styles.layoutButtons)}>
          <ActionButton id="layout.left" on="window" subject={app} iconSize={16} />
          <ActionButton id="layout.bottom" on="window" subject={app} iconSize={16} />
          <ActionButton id="layout.right" on="window" subject={app} iconSize={16} />
        </div>
      ) : null}
      <div className={styles.topBarPart}>
        <GoTo />
        <ActionButton id="settings" on="window" subject={app} iconSize={16} />
      </div>
      {connection ? (
        <ConnectionContext key={connection.serial} value={connection}>
          <ConnectionBar />
        </ConnectionContext>
      ) : null}
    </header>
  )
}

/** Opens the command palette. It looks like its field, because that is what one finds behind it. */
function GoTo() {
  const t = useTranslations('app')
  const app = useAppObject()
  const open = () => paletteActions.forEach((action) => 'run' in action && action.run(app))
  return (
    <button type="button" className={styles.goTo} aria-label={t('goTo')} onClick={open}>
      <span>{t('goTo')}</span>
      <kbd>{commandShortcut('K')}</kbd>
    </button>
  )
}
