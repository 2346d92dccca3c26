; The hero against the tiles.

; The eight places he feels with, from his upper left corner.
PROBE_HEAD       = 0
PROBE_LEFT_FOOT  = 1
PROBE_RIGHT_FOOT = 2
PROBE_LEFT       = 3
PROBE_RIGHT      = 4
PROBE_ENEMY_FEET = 5
PROBE_ENEMY_RIGHT = 6
PROBE_ENEMY_LEFT = 7

ProbeDx:
    .byte $08, $03, $0C, $02, $0D, $08, $0E, $01
ProbeDy:
    .byte $12, $20, $20, $18, $18, $18, $14, $14

; A = the tile under probe Y of object X, and its place in ProbePage, ProbeX, ProbeIndex, RingPtr.
Probe:
    lda ObjX,x
    clc
    adc ProbeDx,y
    sta ProbeX
    lda ObjPage,x
    adc #0
    sta ProbePage
    lda ObjY,x
    clc
    adc ProbeDy,y
    bcs @outside
    sbc #$1F                    ; the carry is clear: $20 less
    bcc @outside
    cmp #$D0
    bcs @outside
    and #$F0
    sta ProbeIndex
    lda ProbeX
    lsr a
    lsr a
    lsr a
    lsr a
    ora ProbeIndex
    sta ProbeIndex
    lda ProbePage
    stx Tmp
    jsr PointRing
    ldx Tmp
    ldy ProbeIndex
    lda (RingPtr),y
    rts
@outside:
    lda #0
    rts

; Carry set when tile A holds nothing up: air, coins, the pole.
IsOpen:
    cmp #0
    beq @open
    cmp #MT_COIN
    beq @open
    cmp #MT_COIN+1
    beq @open
    cmp #MT_BALL
    beq @open
    cmp #MT_SHAFT
    beq @open
    clc
    rts
@open:
    sec
    rts

; Coins are picked up, the pole is caught. Carry as IsOpen.
TouchTile:
    cmp #MT_COIN
    beq @coin
    cmp #MT_BALL
    beq @pole
    cmp #MT_SHAFT
    bne IsOpen
@pole:
    jsr CatchPole
    sec
    rts
@coin:
    lda #0
    ldy ProbeIndex
    sta (RingPtr),y
    jsr DrawMetatile
    jsr AddCoin
    sec
    rts

NothingToTouch:
    rts

CollideWithTiles:
    lda PlayerRoutine
    cmp #ROUTINE_WALK_HOME
    bcc NothingToTouch
    cmp #ROUTINE_DEATH
    beq NothingToTouch
    lda FloatState
    beq :+
    cmp #STATE_CLIMB
    bne @onScreen
:   lda #STATE_FALL             ; until the feet say otherwise
    sta FloatState
@onScreen:
    lda ObjYHigh
    cmp #1
    bne NothingToTouch
    lda #$FF
    sta CollisionBits
    lda ObjY
    cmp #$CF
    bcs NothingToTouch
    cmp #$10
    bcc @feet

    ldx #0
    ldy #PROBE_HEAD
    jsr Probe
    beq @feet
    jsr TouchTile
    bcs @feet
    ldx ObjYSpeed
    bpl @feet
    sta Tmp+1
    lda ObjY
    and #15
    cmp #4
    bcc @feet
    lda Tmp+1
    jsr BumpTile

@feet:
    ldx #0
    ldy #PROBE_LEFT_FOOT
    jsr Probe
    jsr TouchTile
    bcc @under
    ldx #0
    ldy #PROBE_RIGHT_FOOT
    jsr Probe
    jsr TouchTile
    bcs @sides
@under:
    lda ObjYSpeed
    bmi @sides
    lda ObjY
    and #15
    cmp #5
    bcc @land
    ldy #1                      ; too deep: it is a wall
    lda MovingDir
    lsr a
    bcs :+
    iny
:   jmp StopAtWall
@land:
    lda ObjY
    and #$F0
    sta ObjY
    sta PlayerRelY
    lda #0
    sta ObjYSpeed
    sta ObjYForce
    sta StompChain
    sta FloatState

@sides:
    lda ObjY
    cmp #8
    bcc @end
    cmp #$D0
    bcs @end
    ldx #0
    ldy #PROBE_LEFT
    jsr Probe
    jsr TouchTile
    ldy #2
    bcc StopAtWall
    ldx #0
    ldy #PROBE_RIGHT
    jsr Probe
    jsr TouchTile
    ldy #1
    bcc StopAtWall
@end:
    rts

; A wall on side Y (1 right, 2 left): pushed out by one pixel, unless already leaving.
StopAtWall:
    lda ObjXSpeed
    cpy #1
    bne @wallLeft
    cmp #0
    bmi @mark
    lda #$FF
    bne @push
@wallLeft:
    cmp #0
    beq :+
    bpl @mark
:   lda #1
@push:
    ldx #$10
    stx SideTimer
    ldx #0
    stx ObjXSpeed
    cmp #0
    bpl :+
    dex
:   clc
    adc ObjX
    sta ObjX
    txa
    adc ObjPage
    sta ObjPage
    jsr RelativePosition
@mark:
    tya
    eor #$FF
    and CollisionBits
    sta CollisionBits
    rts
