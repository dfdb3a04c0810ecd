"""How does a Thai name sound in Latin letters?"""
