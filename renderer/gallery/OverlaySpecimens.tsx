import { Copy, Info, MoreHorizontal, Rss, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button'
import { Dialog, type DialogProps } from '../ui/Dialog'
import { OneFieldDialog } from '../ui/OneFieldDialog'
import { DiscardQuestion } from '../ui/DiscardQuestion'
import { TextField } from '../ui/fields'
import { IconButton } from '../ui/IconButton'
import { ContextMenu, MenuButton, type MenuEntry } from '../ui/menus'
import { Popover } from '../ui/Popover'
import { Tooltip } from '../ui/Tooltip'
import styles from './gallery.module.css'
import { Specimen } from './Specimen'

const sizes = ['small', 'medium', 'large', 'wide'] as const
const nothing = () => undefined

const entries: readonly MenuEntry[] = [
  { label: 'Copy topic', icon: <Copy size={14} />, shortcut: 'Ctrl+C', onSelect: nothing },
  { label: 'Disabled', onSelect: nothing, disabled: true },
  {
    label: 'Subscribe to',
    icon: <Rss size={14} />,
    items: [
      { label: 'This topic', code: 'plant/hall-1', detail: '1 topic', onSelect: nothing },
      { label: 'All below', code: 'plant/hall-1/#', detail: '12 topics', onSelect: nothing },
      { label: 'Too long', code: 'plant/+', detail: 'not possible', onSelect: nothing, disabled: true },
      { note: 'Further levels are left out.' },
    ],
  },
  'separator',
  { label: 'Delete', icon: <Trash2 size={14} />, danger: true, onSelect: nothing },
]

export function OverlaySpecimens() {
  return (
    <>
      <Specimen of="Tooltip">
        <Tooltip text="What it says more about the button">
          <Button>Button with a tooltip</Button>
        </Tooltip>
      </Specimen>
      <Specimen of="Popover">
        <Popover title="Popover" trigger={<IconButton label="Open the popover" icon={<Info size={14} />} />}>
          <p>It stands beside what opened it.</p>
        </Popover>
      </Specimen>
      <Specimen of="MenuButton">
        <MenuButton label="Open the menu" icon={<MoreHorizontal size={14} />} items={entries} />
        <MenuButton label="Menu, disabled" icon={<MoreHorizontal size={14} />} items={entries} disabled />
      </Specimen>
      <Specimen of="ContextMenu">
        <ContextMenu items={() => entries} className={styles.contextArea ?? ''}>
          Right click here
        </ContextMenu>
      </Specimen>
      <Specimen of="DiscardQuestion">
        <DiscardQuestion onStay={nothing} onDiscard={nothing} />
      </Specimen>
      <Specimen of="Dialog">
        {sizes.map((size) => (
          <DialogOf key={size} size={size} />
        ))}
      </Specimen>
      <Specimen of="OneFieldDialog">
        <AskForName />
      </Specimen>
    </>
  )
}

function AskForName() {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const close = () => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Ask for a name</Button>
      {open ? (
        <OneFieldDialog title="New folder" cancel="Cancel" submit="Make" onClose={close} onSubmit={close}>
          <TextField label="Name of the folder" value={name} onChange={setName} />
        </OneFieldDialog>
      ) : null}
    </>
  )
}

function DialogOf({ size }: { readonly size: NonNullable<DialogProps['size']> }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const close = () => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open a {size} dialog</Button>
      <Dialog
        title={`A ${size} dialog`}
        open={open}
        onClose={close}
        size={size}
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Save
            </Button>
          </>
        }
      >
        <TextField label="Name" value={name} onChange={setName} hint="The first field has the focus." />
      </Dialog>
    </>
  )
}
