"""Networks that make pictures: GAN, autoencoder, VAE, RBM and DBN (lecture rows 103–124). Nothing here imports Qt."""
