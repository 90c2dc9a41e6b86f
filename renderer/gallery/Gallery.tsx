import { ButtonSpecimens } from './ButtonSpecimens'
import { FieldSpecimens } from './FieldSpecimens'
import styles from './gallery.module.css'
import { MqttSpecimens } from './MqttSpecimens'
import { OverlaySpecimens } from './OverlaySpecimens'
import { TextSpecimens } from './TextSpecimens'

/** Every widget of the window in all its states, with nothing behind it. */
export function Gallery({ theme }: { readonly theme: 'light' | 'dark' }) {
  return (
    <main className={styles.gallery}>
      <h1 className={styles.title}>{theme === 'light' ? 'Light' : 'Dark'}</h1>
      <h2 className={styles.group}>Controls</h2>
      <div className={styles.specimens}>
        <ButtonSpecimens />
        <FieldSpecimens />
      </div>
      <h2 className={styles.group}>Texts and lists</h2>
      <div className={styles.specimens}>
        <TextSpecimens />
      </div>
      <h2 className={styles.group}>What stands above the window</h2>
      <div className={styles.specimens}>
        <OverlaySpecimens />
      </div>
      <h2 className={styles.group}>MQTT</h2>
      <div className={styles.specimens}>
        <MqttSpecimens />
      </div>
    </main>
  )
}
