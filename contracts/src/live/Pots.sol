// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IOperators} from "../operator/IOperators.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IVault} from "../order/IVault.sol";
import {Batch} from "../platform/Batch.sol";
import {BlockHashes} from "../platform/BlockHashes.sol";
import {Chance} from "./Chance.sol";
import {IPots, Kind, Wish} from "./IPots.sol";

/// @title Pots: see {IPots}.
contract Pots is IPots, ERC2771Context {
    struct Pot {
        address host;
        /// Set back when a packet is full, and when the pot is armed: {_decidableFrom} is where the host's time begins.
        uint40 entriesUntil;
        uint16 places;
        uint16 revealSeconds;
        Kind kind;
        address token;
        uint24 operatorId;
        uint32 entries;
        uint40 armedBlock;
        uint128 amount;
        uint128 left;
        /// Zero: the host has no say, or none any more.
        bytes32 commitment;
        bytes32 mix;
    }

    uint256 private constant MAX_PLACES = 100;
    /// Paid in the transaction that decides, so their number bounds its gas.
    uint256 private constant MAX_DRAWN = 50;
    uint256 private constant MAX_SECONDS = 1 days;
    uint256 private constant MAX_REVEAL_SECONDS = 10 minutes;
    /// How long a host may take to show its secret, from when the pot was armed.
    uint256 private constant HOST_SECONDS = 2 minutes;
    bytes32 private constant NO_COMMITMENT = 0;
    bytes32 private constant NO_SECRET = 0;
    /// Stands where an account's commitment was: it has entered, and has nothing to reveal.
    bytes32 private constant ENTERED = bytes32(uint256(1));

    IVault public immutable orderBook;
    IOperators public immutable operators;
    Batch public immutable batch;

    uint256 private _count;
    mapping(uint256 potId => Pot) private _pots;
    /// Who can be drawn, in the order in which that became true.
    mapping(uint256 potId => address[]) private _candidates;
    mapping(uint256 potId => mapping(address account => bytes32)) private _commitments;

    constructor(IVault orderBook_, IOperators operators_, Batch batch_, address forwarder) ERC2771Context(forwarder) {
        (orderBook, operators, batch) = (orderBook_, operators_, batch_);
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        require(msg.sender == address(orderBook), Pots_NotOrderBook(msg.sender));
        Wish memory wish = abi.decode(data, (Wish));
        uint256 most = wish.kind == Kind.Even ? MAX_PLACES : MAX_DRAWN;
        bool divides = wish.places != 0 && wish.places <= most && amount >= wish.places && amount <= type(uint128).max;
        bool inTime = wish.entriesUntil > block.timestamp && wish.entriesUntil <= block.timestamp + MAX_SECONDS;
        bool reveals = wish.revealSeconds <= MAX_REVEAL_SECONDS && (wish.revealSeconds == 0 || wish.kind == Kind.Draw);
        require(divides && inTime && reveals, Pots_Invalid());
        uint256 potId = ++_count;
        Pot storage pot = _pots[potId];
        (pot.host, pot.entriesUntil, pot.places, pot.revealSeconds, pot.kind) =
            (from, wish.entriesUntil, wish.places, wish.revealSeconds, wish.kind);
        (pot.token, pot.operatorId, pot.amount, pot.left) = (token, wish.operatorId, uint128(amount), uint128(amount));
        pot.commitment = wish.commitment;
        emit PotOpened(potId, from, token, uint128(amount), wish);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc IPots
    function enter(uint256 potId, address account, bytes32 commitment) external {
        Pot storage pot = _pots[potId];
        _requireAdmitted(potId, pot.operatorId, account);
        require(!_isOver(pot), Pots_Closed(potId));
        bool mayCommit = commitment == NO_COMMITMENT || pot.revealSeconds != 0;
        bool mayWin = account != address(0) && account != pot.host && account != address(this);
        require(mayWin && mayCommit, Pots_CannotEnter(potId, account));
        require(_commitments[potId][account] == NO_COMMITMENT, Pots_AlreadyEntered(potId, account));
        uint32 place = ++pot.entries;
        _commitments[potId][account] = commitment == NO_COMMITMENT ? ENTERED : commitment;
        emit PotEntered(potId, account, place, commitment);
        if (pot.kind == Kind.Even) _payEven(potId, pot, account);
        else if (commitment == NO_COMMITMENT) _admit(potId, pot, account, NO_SECRET);
        // Nobody has to wait for the end.
        if (pot.kind == Kind.Lucky && place == pot.places) pot.entriesUntil = uint40(block.timestamp - 1);
    }

    /// @inheritdoc IPots
    function reveal(uint256 potId, address account, bytes32 secret) external {
        Pot storage pot = _pots[potId];
        uint256 from = pot.entriesUntil;
        require(block.timestamp > from, Pots_TooEarly(potId, from));
        require(block.timestamp <= from + pot.revealSeconds, Pots_TooLate(potId, from + pot.revealSeconds));
        bytes32 commitment = _commitments[potId][account];
        require(commitment == commitmentOf(account, secret), Pots_WrongSecret(potId));
        _commitments[potId][account] = ENTERED;
        _admit(potId, pot, account, secret);
        emit PotRevealed(potId, account, secret);
    }

    /// @inheritdoc IPots
    function arm(uint256 potId) external {
        Pot storage pot = _pots[potId];
        _requireDecidable(potId, pot);
        uint256 armed = pot.armedBlock;
        if (armed != 0) {
            uint256 from = _decidableFrom(pot) + HOST_SECONDS;
            bool hostIsLate = pot.commitment != NO_COMMITMENT && block.timestamp > from;
            bool forgotten = block.number > armed && BlockHashes.hashOf(armed) == 0;
            require(hostIsLate || forgotten, Pots_TooEarly(potId, from));
            // A second block for the same secret would be a second try.
            pot.commitment = NO_COMMITMENT;
        }
        (pot.armedBlock, pot.entriesUntil) = (uint40(block.number + 1), uint40(block.timestamp - 1 - pot.revealSeconds));
        emit PotArmed(potId, block.number + 1, pot.commitment != NO_COMMITMENT);
    }

    /// @inheritdoc IPots
    function decide(uint256 potId, bytes32 secret) external {
        Pot storage pot = _pots[potId];
        require(pot.commitment != NO_COMMITMENT, Pots_TooLate(potId, _decidableFrom(pot)));
        require(pot.commitment == commitmentOf(pot.host, secret), Pots_WrongSecret(potId));
        _decide(potId, pot, secret);
    }

    /// @inheritdoc IPots
    function decideByBlock(uint256 potId) external {
        Pot storage pot = _pots[potId];
        require(pot.commitment == NO_COMMITMENT, Pots_TooEarly(potId, _decidableFrom(pot) + HOST_SECONDS));
        _decide(potId, pot, NO_SECRET);
    }

    /// @inheritdoc IPots
    function close(uint256 potId) external {
        Pot storage pot = _pots[potId];
        require(pot.left != 0, Pots_Closed(potId));
        bool nobody = pot.kind == Kind.Even || _candidates[potId].length == 0;
        uint256 from = _decidableFrom(pot);
        require(nobody && _isOver(pot) && block.timestamp > from, Pots_TooEarly(potId, from));
        _close(potId, pot);
    }

    /// @inheritdoc IPots
    function commitmentOf(address account, bytes32 secret) public pure returns (bytes32) {
        return keccak256(abi.encode(account, secret));
    }

    /// @inheritdoc IPots
    function potOf(uint256 potId) external view returns (address, uint128, uint32, uint32, uint40, uint256) {
        Pot storage pot = _pots[potId];
        uint32 candidates = uint32(_candidates[potId].length);
        return (pot.host, pot.left, pot.entries, candidates, uint40(_decidableFrom(pot)), pot.armedBlock);
    }

    /// @dev What comes of the pot depends on who can be drawn, also where nobody has a secret.
    function _admit(uint256 potId, Pot storage pot, address account, bytes32 secret) private {
        _candidates[potId].push(account);
        pot.mix ^= keccak256(abi.encode(potId, account, secret));
    }

    function _payEven(uint256 potId, Pot storage pot, address account) private {
        uint128 share = pot.amount / pot.places;
        pot.left -= share;
        _pay(potId, pot.token, account, share);
        if (pot.entries == pot.places) _close(potId, pot);
    }

    function _decide(uint256 potId, Pot storage pot, bytes32 secret) private {
        _requireDecidable(potId, pot);
        uint256 armed = pot.armedBlock;
        require(armed != 0 && block.number > armed, Pots_TooEarly(potId, armed));
        bytes32 hash = BlockHashes.hashOf(armed);
        require(hash != 0, Pots_TooLate(potId, armed));
        bytes32 seed = keccak256(abi.encode(potId, secret, hash, pot.mix));
        emit PotDecided(potId, seed, secret, hash, pot.mix);
        address[] storage candidates = _candidates[potId];
        uint256 winners = candidates.length < pot.places ? candidates.length : pot.places;
        // What each place is worth, for the places that somebody fills.
        uint256 given = uint256(pot.amount) * winners / pot.places;
        pot.left -= uint128(given);
        address token = pot.token;
        if (pot.kind == Kind.Lucky) {
            uint256[] memory shares = Chance.parts(seed, given, winners);
            for (uint256 i = 0; i < winners; ++i) _pay(potId, token, candidates[i], uint128(shares[i]));
        } else {
            uint256[] memory drawn = Chance.draw(seed, candidates.length, winners);
            uint256 share = given / winners;
            pot.left += uint128(given - share * winners);
            for (uint256 i = 0; i < winners; ++i) _pay(potId, token, candidates[drawn[i]], uint128(share));
        }
        _close(potId, pot);
    }

    function _close(uint256 potId, Pot storage pot) private {
        uint128 returned = pot.left;
        pot.left = 0;
        // Nobody enters, reveals or decides any more.
        pot.entriesUntil = 0;
        emit PotClosed(potId, returned);
        if (returned != 0) orderBook.transfer(pot.token, pot.host, returned);
    }

    function _pay(uint256 potId, address token, address account, uint128 amount) private {
        emit PotPaid(potId, account, amount);
        orderBook.transfer(token, account, amount);
    }

    function _isOver(Pot storage pot) private view returns (bool) {
        return block.timestamp > pot.entriesUntil || (pot.kind != Kind.Draw && pot.entries == pot.places);
    }

    /// @dev Nobody enters or reveals any more.
    function _decidableFrom(Pot storage pot) private view returns (uint256) {
        return uint256(pot.entriesUntil) + pot.revealSeconds;
    }

    /// @dev Somebody can win, and nobody enters or reveals any more.
    function _requireDecidable(uint256 potId, Pot storage pot) private view {
        require(pot.left != 0 && pot.kind != Kind.Even, Pots_Closed(potId));
        uint256 from = _decidableFrom(pot);
        require(block.timestamp > from && _candidates[potId].length != 0, Pots_TooEarly(potId, from));
    }

    function _requireAdmitted(uint256 potId, uint24 operatorId, address account) private view {
        address caller = msg.sender == address(batch) ? batch.caller() : _msgSender();
        bool admitted = operatorId == 0 ? caller == account : operators.operatorOf(caller) == operatorId;
        require(admitted, Pots_NotAdmitted(potId, caller));
    }
}
