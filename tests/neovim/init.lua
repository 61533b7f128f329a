-- What a user puts in init.lua (Neovim >= 0.11, no plugin); the README shows these lines.
vim.lsp.config('clarifier', {
  cmd = { vim.env.CLARIFIER_PYTHON or 'python3', '-m', 'clarifier', 'lsp' },
  filetypes = { 'markdown' },
  root_markers = { 'clarifier.toml', '.git' },
})
vim.lsp.enable('clarifier')
vim.diagnostic.config({ virtual_text = true, signs = true, underline = true })
