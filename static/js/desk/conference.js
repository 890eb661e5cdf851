/** The desk's page of the conference. */
import { keepContrast } from '#hub/desk/accent.js';
import { keepLanguages } from '#hub/desk/languages.js';
import { need } from '#hub/web/dom.js';

keepContrast();
keepLanguages(need('#languages'));
