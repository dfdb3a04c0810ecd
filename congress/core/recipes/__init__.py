"""Does a text teach how to make or do something harmful? Its form is asked, never the names of substances.

Instructions look alike whatever they make: steps, amounts, conditions, in an order. So signs are counted, in whatever
language, script or disguise, within a window of eight sentences or lines (at most 900 letters):

    ==================================================================  ======  =======
    sign                                                                points  at most
    ==================================================================  ======  =======
    making: mix, heat, dissolve, filter, grind, solder ... each other      2       20
    handling: pour, cool, cover, weigh, cut, place ... each other          1        3
    amount, concentration, condition (temperature, time, pressure)         1        4
    sequence: numbered steps, first, then, until, each other               1        2
    equipment or a list of ingredients                                     1        1
    dose: a step and its amount in one sentence                            1        2
    disguise: one of these words hidden from programs                      2        2
    ==================================================================  ======  =======

Eight points, at least two of them for making, are a passage. So are two halves: a window with three different steps of
making, and one with three amounts or shares, in another text of the same notice or within forty units.
What is forbidden ("never mix") is no step. Advice has handling and conditions, but hardly any making.

Source: decision 0012.
"""

from congress.core.recipes.judgement import Passage, explain, passages, passages_across
from congress.core.recipes.signs import Sign

__all__ = ["Passage", "Sign", "explain", "passages", "passages_across"]
