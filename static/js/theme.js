// Sets the chosen theme before the first paint; loaded in the head on purpose, so that no page flashes.
{
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
}
