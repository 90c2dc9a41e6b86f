import { Pause, Plug, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { ViewSwitch } from '../ui/ViewSwitch'
import { Specimen } from './Specimen'

const variants = ['primary', 'plain', 'quiet', 'danger'] as const
const nothing = () => undefined

export function ButtonSpecimens() {
  const [paused, setPaused] = useState(true)
  const [view, setView] = useState<'tree' | 'hex' | 'text'>('tree')
  return (
    <>
      <Specimen of="Button">
        {variants.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
        <Button icon={<Plug size={14} />}>with icon</Button>
        {variants.map((variant) => (
          <Button key={variant} variant={variant} disabled>
            {variant}, disabled
          </Button>
        ))}
      </Specimen>
      <Specimen of="IconButton">
        <IconButton label="Clear" shortcut="Ctrl+Shift+Delete" icon={<Trash2 size={14} />} onClick={nothing} />
        <IconButton
          label="Pause"
          pressed={paused}
          icon={<Pause size={14} />}
          onClick={() => setPaused((before) => !before)}
        />
        <IconButton label="Clear, disabled" disabled icon={<Trash2 size={14} />} />
      </Specimen>
      <Specimen of="ViewSwitch">
        <ViewSwitch
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'tree', label: 'Tree' },
            { value: 'text', label: 'Text', title: 'As it came' },
            { value: 'hex', label: 'Hex' },
          ]}
        />
      </Specimen>
    </>
  )
}
