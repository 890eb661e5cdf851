/** The desk's page of the conference. */
import { keepContrast } from '#hub/desk/accent.js';

keepContrast();
