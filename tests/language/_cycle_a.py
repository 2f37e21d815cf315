early = "early"
import _cycle_b as b
done = "a done"
