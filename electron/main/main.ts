import { runApplication } from './application'
import { registerAppScheme } from './appProtocol'
import { lockDownWebContents } from './security'
import { startUp } from './startup'

registerAppScheme()
lockDownWebContents()
void runApplication(startUp())
