import { runApplication } from './application'
import { registerAppScheme } from './page/appProtocol'
import { lockDownWebContents } from './page/security'
import { startUp } from './startup'

registerAppScheme()
lockDownWebContents()
void runApplication(startUp())
