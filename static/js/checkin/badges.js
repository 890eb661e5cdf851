/** The badge sheet's print button; a sheet without badges has none. */
document.querySelector('#print')?.addEventListener('click', () => window.print());
